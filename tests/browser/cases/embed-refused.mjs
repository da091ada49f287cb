import assert from 'node:assert/strict';
import { talk } from './embed-lib.mjs';

export const name = 'embed: a link that is none comes back as the answer to its message, and what was shown stays';

const version = { source: 'brenier', version: 1 };
/** What is shown, and how it is known to stand; links that it is asked for and cannot read. */
const SHOWN = [
  ['#scene=space&count=60', 'html[data-space-ready]', 'space'],
  ['#scene=faces&set=digits&seed=3', 'html[data-faces-ready=ready]', 'faces'],
  ['#scene=potential&count=30', '#scene-potential[data-made=graph]', 'potential'],
  ['#preset=ring&count=20', 'html[data-ready]', 'transport'],
];
const BAD = ['#scene=space&count=-5', '#scene=faces&set=digits&seed=many', '#scene=potential&count=-5', '#preset=ring&count=-5'];

export default async function ({ page, base, problems }) {
  for (const [link, stands, scene] of SHOWN) {
    await page.unroute(`${base}talk.html`);
    await talk(page, base, `<iframe id="demo" src="embed.html${link}" width="500" height="540"></iframe>`);
    await page.evaluate(() => {
      window.heard = [];
      addEventListener('message', ({ data }) => heard.push(data));
      window.post = (message) => document.querySelector('#demo').contentWindow.postMessage(message, '*');
    });
    const frame = await (await page.waitForSelector('#demo')).contentFrame();
    await frame.waitForSelector(stands, { state: 'attached' });
    let id = 0;
    const ask = async (message) => {
      id += 1;
      await page.evaluate((m) => post(m), { ...version, id, ...message });
      return page.waitForFunction((k) => heard.find((told) => told.id === k), id).then((found) => found.jsonValue());
    };
    await ask({ type: 'state' });
    // Twice: the scene of a link may stand already when it is asked for again.
    for (const bad of [...BAD, ...BAD]) {
      const what = `${bad} while ${link} is shown`;
      await page.evaluate(() => { heard.length = 0; });
      const answer = await ask({ type: 'set', state: bad });
      assert.equal(answer.type, 'error', what);
      assert.equal(answer.code, 'link', what);
      assert.ok(answer.message.length > 10, what);
      const state = await ask({ type: 'state' });
      assert.equal(state.scene, scene, what);
      const errors = await page.evaluate(() => heard.filter(({ type }) => type === 'error'));
      assert.deepEqual(errors.map((error) => typeof error.id), ['number'], `${what}: told once`);
      const section = scene === 'transport' ? 'main > .stage' : `#scene-${scene}`;
      assert.ok(await frame.locator(section).isVisible(), what);
    }
    // And a good one is still taken.
    const good = link.replace(/count=\d+/, 'count=80').replace('seed=3', 'seed=4');
    assert.equal((await ask({ type: 'set', state: good })).type, 'done');
    assert.ok((await ask({ type: 'state' })).hash.includes(/count|seed/.exec(good)[0]));
  }
  assert.deepEqual(problems, []);
}
