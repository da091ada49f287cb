import assert from 'node:assert/strict';
import { certificate, open, solved } from './lib.mjs';

export const name = 'exact solves are those of Chromium to the last bit';

const LINKS = [['#preset=centres', 25], ['#preset=random&count=300&seed=5', 300], ['#preset=ring&count=64', 64], ['#preset=random&count=200&source=gaussian', 200]];

/** The bits of what `brenier.js` gives, as one number an array. */
const bits = (tab, url) => tab.run(async (root) => {
  const { Brenier } = await import(`${root}js/brenier.js`);
  const brenier = await Brenier.load();
  const sites = Array.from({ length: 500 }, (_, k) => [(k * 0.618033988749895) % 1, (k * 0.754877666246693) % 1]);
  const masses = sites.map((_, k) => 1 + (k % 7));
  const out = {};
  for (const domain of ['square', 'disk:0.5,0.5,0.6']) {
    const { heights, cells, cellMasses, centroids, report } = await brenier.solve({ sites, masses, domain, tolerance: 1e-10 });
    for (const [key, array] of Object.entries({ heights, cellMasses, centroids, vertices: cells.vertices, offsets: cells.offsets })) {
      let hash = 2166136261;
      for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
      out[`${domain} ${key}`] = [array.length, hash];
    }
    out[`${domain} report`] = [report.iterations, report.residual, report.w2Dual, report.w2Primal, report.w2Upper, report.energy];
  }
  brenier.close();
  return out;
}, url);

async function read(tab, url) {
  const seen = {};
  for (const [link, count] of LINKS) {
    await open(tab, url, link);
    await solved(tab, count);
    seen[link] = await certificate(tab);
  }
  return { ...seen, ...await bits(tab, url) };
}

export default async function ({ tab, url, chromium }) {
  const seen = await read(tab, url);
  assert.equal(seen['square heights'][0], 500);
  assert.deepEqual(seen, await chromium('numbers', read));
}
