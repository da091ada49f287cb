import assert from 'node:assert/strict';

export const name = 'potential: the mesh of a path covers its source, opens along the folds and nowhere else, and is painted pixel by pixel';

async function check(root) {
  const { Maths } = await import(`${root}${published('js/potential/maths.js')}`);
  const { find, move, rims } = await import(`${root}${published('js/potential/path-mesh.js')}`);
  const { pattern, placed, raster } = await import(`${root}${published('js/potential/path-raster.js')}`);
  const { extent } = await import(`${root}${published('js/potential/path-stage.js')}`);
  const { within } = await import(`${root}${published('js/potential/critic-field.js')}`);
  const maths = await Maths.open();
  const out = [];
  for (const [shape, source] of [['crescent', 'disk'], ['star', 'square'], ['two', 'disk'], ['ring', 'square'], ['seahorse', 'disk'], ['heart', 'disk']]) {
    const mesh = await maths.shape({ shape, source, count: 300, seed: 3 });
    const { vertices: v, triangles, domain } = mesh;
    const area = (at, [a, b, c]) => ((at[2 * b] - at[2 * a]) * (at[2 * c + 1] - at[2 * a + 1]) - (at[2 * b + 1] - at[2 * a + 1]) * (at[2 * c] - at[2 * a])) / 2;
    let [sum, whole] = [0, 0];
    for (let t = 0; t < triangles.length; t += 3) sum += area(v, triangles.subarray(t, t + 3));
    for (let k = 2; k < domain.length / 2; k += 1) whole += area(domain, [0, k - 1, k]);

    // Every edge of a slit lies on a singular facet; both sides together are as long as those that open.
    const edges = rims(mesh);
    const { facetEnds } = mesh;
    let [off, length, jump] = [0, 0, Infinity];
    for (let k = 0; k < edges.length; k += 2) {
      const [a, b] = [edges[k], edges[k + 1]];
      const [x, y] = [(v[2 * a] + v[2 * b]) / 2, (v[2 * a + 1] + v[2 * b + 1]) / 2];
      length += Math.hypot(v[2 * a] - v[2 * b], v[2 * a + 1] - v[2 * b + 1]);
      let least = Infinity;
      for (let f = 0; f < facetEnds.length; f += 4) {
        const [p, q, r, s] = facetEnds.subarray(f, f + 4);
        const along = ((x - p) * (r - p) + (y - q) * (s - q)) / ((r - p) ** 2 + (s - q) ** 2);
        least = Math.min(least, Math.hypot(p + Math.min(1, Math.max(0, along)) * (r - p) - x, q + Math.min(1, Math.max(0, along)) * (s - q) - y));
      }
      off = Math.max(off, least);
    }

    // Painted at t = 0, each pixel in the source shows the pattern of its own place.
    const size = 300;
    const box = extent(domain);
    const scale = size / (box[2] - box[0]);
    const texture = pattern(source, false);
    const pixels = new Uint32Array(size * size);
    const at = placed(v, box);
    raster(pixels, size, size, { triangles, places: v, at, texture, scale, left: -scale * box[0], top: scale * box[3] });
    let [inside, bare, wrong, beside] = [0, 0, 0, 0];
    for (let j = 0; j < size; j += 1) {
      for (let i = 0; i < size; i += 1) {
        const [x, y] = [box[0] + (i + 0.5) / scale, box[3] - (j + 0.5) / scale];
        const painted = pixels[j * size + i] !== 0;
        if (!within(domain, x, y)) {
          beside += painted;
          continue;
        }
        inside += 1;
        bare += !painted;
        // Rounding may take the texel beside it, which a border between two checks would show.
        const near = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => texture[Math.min(1023, Math.max(0, Math.floor((1024 * (y - box[1])) / (box[3] - box[1])) + dy)) * 1024 + Math.min(1023, Math.max(0, Math.floor((1024 * (x - box[0])) / (box[2] - box[0])) + dx))]));
        wrong += painted && !near.includes(pixels[j * size + i]);
      }
    }
    // A point is found where it has moved to.
    const places = move(mesh, 0.5);
    let lost = 0;
    for (const [x, y] of [[0.1, 0.2], [-0.5, 0.3], [0.4, -0.6], [-0.2, -0.1]]) {
      const one = find(mesh, v, x, y);
      const half = [0, 1].map((k) => (one.from[k] + one.to[k]) / 2);
      const again = find(mesh, places, ...half);
      lost = Math.max(lost, Math.hypot(one.from[0] - x, one.from[1] - y), again ? Math.hypot(again.from[0] - x, again.from[1] - y) : 1);
    }
    jump = Math.min(...Array.from({ length: facetEnds.length / 4 }, (_, f) => {
      const [i, j] = mesh.facets.subarray(2 * f, 2 * f + 2);
      return Math.hypot(mesh.sites[2 * i] - mesh.sites[2 * j], mesh.sites[2 * i + 1] - mesh.sites[2 * j + 1]);
    }));
    out.push({ shape, sum, whole, off, length, singular: mesh.singularLength, jump, threshold: mesh.threshold, inside, bare, wrong, beside, lost });
  }
  maths.close();
  return out;
}

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  for (const r of await page.evaluate(check, base)) {
    const { shape } = r;
    assert.ok(Math.abs(r.sum - r.whole) < 1e-9 * r.whole, `${shape}: triangles of ${r.sum} cover ${r.whole}`);
    assert.ok(r.length > 0.5 * r.singular && r.length <= 2 * r.singular + 1e-9, `${shape}: ${r.length} of slits along ${r.singular} of folds`);
    assert.ok(r.off < 1e-9, `${shape}: a slit is ${r.off} beside the folds`);
    assert.ok(r.jump > r.threshold, `${shape}: a fold jumps by ${r.jump} at least, more than ${r.threshold}`);
    assert.ok(r.inside > 40_000 && r.bare === 0 && r.wrong === 0, `${shape}: of ${r.inside} pixels ${r.bare} are bare and ${r.wrong} wrong`);
    assert.ok(r.beside === 0, `${shape}: ${r.beside} pixels beside the source`);
    assert.ok(r.lost < 1e-6, `${shape}: a point is lost by ${r.lost}`);
  }
}
