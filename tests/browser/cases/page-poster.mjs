import assert from 'node:assert/strict';
import { DRAWN, drawing } from '../harness/poster.mjs';
import { open } from './page-lib.mjs';

// www/poster.svg is what the page shows until the solver has loaded: the default scene, drawn once by
// `cargo xtask posters`.
export const name = 'page: the picture shown while loading is the default scene';

export default async function ({ page, base }) {
  await open(page, base);
  const frame = await page.evaluate(async (drawn) => {
    const { Engine } = await import(`./${published('js/engine.js')}`);
    const engine = await Engine.load();
    const made = await engine.open('');
    engine.close();
    return Object.fromEntries(drawn.map((k) => [k, [...made[k]]]));
  }, DRAWN);
  const now = drawing(frame);
  const kept = await page.evaluate(async () => (await fetch(published('poster.svg'))).text());
  const dots = (text) => text.match(/class="p"[^>]* d="([^"]*)"/)[1].match(/-?\d+/g).map(Number);
  const [a, b] = [dots(now), dots(kept)];
  assert.equal(b.length, a.length, 'as many points; if the default scene has changed, `cargo xtask posters` draws it anew');
  assert.ok(a.every((v, k) => Math.abs(v - b[k]) <= 1), 'the same points; if the default scene has changed, `cargo xtask posters` draws it anew');
}
