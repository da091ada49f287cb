import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

export const name = 'smoke: each scene fetches nothing that its budget does not count';

const READY = { space: '[data-space-ready]', coverage: '[data-coverage-ready]', faces: '[data-faces-ready=ready]', potential: '[data-potential-ready]' };

export default async function ({ page, context, base, scenes }) {
  const fetched = new Set();
  context.on('request', (request) => fetched.add(request.url().split(/[?#]/)[0]));
  for (const link of await open(page, base).then(() => page.locator('.scenes a').evaluateAll((all) => all.map(({ hash }) => hash)))) {
    const scene = link.replace('#scene-', '');
    if (scene === 'transport') continue;
    await page.goto('about:blank');
    await open(page, base);
    fetched.clear();
    await page.click(`.scenes a[href="${link}"]`);
    await page.waitForSelector(`html${READY[scene]}`);
    // Faces have mode coverage beside them; what is asked for there is counted there.
    const counted = new Set([...scenes['first scene'], ...scenes[scene]].map((file) => base + file));
    assert.deepEqual([...fetched].filter((url) => url.startsWith(base) && !counted.has(url)), [], scene);
    assert.ok([...fetched].some((url) => url.includes(`/js/${scene}/`)), scene);
  }
}
