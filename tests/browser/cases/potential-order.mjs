import assert from 'node:assert/strict';
import { open } from './potential-lib.mjs';

export const name = 'potential: from every side the nearest facet is the one that is seen, on canvas and raster';

/** Eyes all round, above, below and level. */
const EYES = [[0, 90], [30, 35], [77, 12], [140, 0], [211, -8], [250, -35], [300, -90], [345, 60]];

export default async function ({ page, base }) {
  let over = 0;
  for (const link of ['&preset=clusters&count=120', '&preset=ring&count=80', '&preset=random&count=300&seed=5', '&preset=centres']) {
    await page.goto('about:blank');
    await open(page, base, link);
    const seen = await page.evaluate(async ({ eyes, hash }) => {
      const load = (name) => import(new URL(published(`js/${name}.js`), document.baseURI).href);
      const [{ Engine }, { Maths }, graphs, { Camera }, { Lens }, { hit, paint }, { RasterSurface }] = await Promise.all(['engine', 'potential/maths', 'potential/graphs', 'potential/camera', 'potential/lens', 'potential/relief', 'potential/raster'].map(load));
      const engine = await Engine.load();
      const frame = await engine.open(hash);
      engine.close();
      const maths = await Maths.open();
      await maths.take(frame, {});
      const shape = await maths.heights({ from: 'solved', hand: [] });
      maths.close();
      const ink = graphs.colours();
      const models = { graph: graphs.graph(shape, { ink, domain: frame.domain, sites: frame.sites }), dual: graphs.dual(shape, { ink, domain: frame.domain, sites: frame.sites }) };
      // The same facets in the order of their points, which any graph over them may use.
      models.sorted = { ...models.graph, order: frame.sites };
      const size = 300;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = size;
      const c = canvas.getContext('2d', { willReadFrequently: true });
      const raster = new RasterSurface();
      let random = 12345;
      const uniform = () => {
        random = (random * 1103515245 + 12345) % 2147483648;
        return random / 2147483648;
      };
      const pixel = (colour) => (0xff000000 | (parseInt(colour.slice(5), 16) << 16) | (parseInt(colour.slice(3, 5), 16) << 8) | parseInt(colour.slice(1, 3), 16)) >>> 0;
      /** Positive where the face is seen from above. */
      const flatArea = (lens, points, offsets, i) => {
        let area = 0;
        for (let v = offsets[i], w = offsets[i + 1] - 1; v < offsets[i + 1]; w = v, v += 1) {
          const [a, b] = [w, v].map((k) => lens.at(points[3 * k], points[3 * k + 1], points[3 * k + 2]));
          area -= a[0] * b[1] - b[0] * a[1];
        }
        return area;
      };
      const out = { points: 0, wrong: [], over: 0, unlike: [], ink: 0, same: 0 };
      for (const [which, whole] of Object.entries(models)) {
        const model = { ...whole, lines: [], floor: null };
        const { points, offsets } = model.faces;
        for (const [yaw, pitch] of eyes) {
          const lens = new Lens(model, new Camera({ yaw, pitch, zoom: 1 }), size);
          c.clearRect(0, 0, size, size);
          paint(c, model, lens);
          raster.begin(size, 1, '#010203');
          paint(raster, model, lens);
          // Where a ray meets each face's plane: p is on it, q along the eye from it.
          const [ex, ey, ez] = [lens.eye[0], lens.eye[1], lens.eye[2] * model.height];
          for (let k = 0; k < 150; k += 1) {
            const [px, py] = [Math.floor(uniform() * size) + 0.5, Math.floor(uniform() * size) + 0.5];
            let near = -1;
            let most = -Infinity;
            let second = -Infinity;
            let unclear = false;
            for (let i = 0; i + 1 < offsets.length; i += 1) {
              const [from, to] = [offsets[i], offsets[i + 1]];
              // One looks through what stands open.
              if (to - from < 3 || !model.palette[model.faces.colours[i]]) continue;
              const at = (v) => [points[3 * v], points[3 * v + 1], points[3 * v + 2]];
              const flat = Array.from({ length: to - from }, (_, v) => lens.at(...at(from + v)));
              let [left, right, edge] = [0, 0, Infinity];
              for (let v = 0; v < flat.length; v += 1) {
                const [a, b] = [flat[v], flat[(v + 1) % flat.length]];
                const cross = (b[0] - a[0]) * (py - a[1]) - (b[1] - a[1]) * (px - a[0]);
                const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
                // Four cells that meet in a point have a side of no length there.
                if (length < 1e-6) continue;
                edge = Math.min(edge, Math.abs(cross) / length);
                if (cross > 0) left += 1;
                else right += 1;
              }
              if (left && right) continue;
              // Too near an edge to say on which side of it.
              if (edge < 0.05) unclear = true;
              // Depth along the eye, affine on the face: from three corners by barycentric coordinates.
              let best = null;
              for (let v = 2; v < flat.length; v += 1) {
                const [[ax, ay], [bx, by], [cx, cy]] = [flat[0], flat[v - 1], flat[v]];
                const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
                if (!best || Math.abs(area) > Math.abs(best.area)) best = { v, area };
              }
              if (Math.abs(best.area) < 1e-6) continue;
              const corners = [from, from + best.v - 1, from + best.v];
              const [[ax, ay], [bx, by], [cx, cy]] = corners.map((v) => flat[v - from]);
              const s = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / best.area;
              const t = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / best.area;
              const depth = (v) => { const [x, y, z] = at(v); return x * ex + y * ey + z * ez; };
              const d = depth(corners[0]) * (1 - s - t) + depth(corners[1]) * s + depth(corners[2]) * t;
              if (d > most) [near, most, second] = [i, d, most];
              else second = Math.max(second, d);
            }
            if (near < 0 || unclear || most - second < 1e-6) continue;
            out.points += 1;
            // The pixel of the raster has the colour of that face, where it is well inside.
            const shade = (flatArea(lens, points, offsets, near) > 0 ? model.palette : model.under)[model.faces.colours[near]];
            const seen = raster.pixels[Math.floor(py) * size + Math.floor(px)];
            if (shade && seen !== pixel(shade)) out.unlike.push([which, yaw, pitch, px, py]);
            out.over += second > -Infinity;
            const front = hit(model, px, py);
            if (front !== near) out.wrong.push([which, yaw, pitch, px, py, near, front]);
          }
          // The canvas shows the same but for its smooth edges.
          const drawn = new Uint32Array(c.getImageData(0, 0, size, size).data.buffer);
          raster.pixels.forEach((v, at) => {
            if (v === 0xff030201) return;
            out.ink += 1;
            out.same += drawn[at] === v;
          });
        }
      }
      return out;
    }, { eyes: EYES, hash: link.slice(1) });
    assert.deepEqual(seen.wrong, [], link);
    assert.ok(seen.points > 500, `${link}: ${seen.points} points were on a face`);
    over += seen.over;
    assert.deepEqual(seen.unlike, [], link);
    assert.ok(seen.ink > 50_000 && seen.same > 0.75 * seen.ink, `${link}: ${seen.same} of ${seen.ink} pixels are the same on both surfaces`);
  }
  assert.ok(over > 100, `${over} had one behind`);
}
