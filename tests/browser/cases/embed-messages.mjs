import assert from 'node:assert/strict';
import { picture } from './page-lib.mjs';
import { talk } from './embed-lib.mjs';

export const name = 'embed: messages, and a hostile parent';

const version = { source: 'brenier', version: 1 };

export default async function ({ page, base, problems }) {
  await talk(page, base, '<iframe id="demo" src="embed.html#preset=random&count=30&samples=1" width="500" height="540"></iframe>');
  await page.evaluate(() => {
    window.heard = [];
    addEventListener('message', ({ data, origin }) => heard.push({ ...data, origin }));
    window.post = (message) => document.querySelector('#demo').contentWindow.postMessage(message, '*');
  });
  const post = (message) => page.evaluate((m) => post(m), message);
  const answer = (id) => page.waitForFunction((k) => heard.find((message) => message.id === k), id).then((found) => found.jsonValue());
  let id = 0;
  const ask = async (message) => {
    id += 1;
    await post({ ...version, id, ...message });
    return answer(id);
  };
  const frame = await (await page.waitForSelector('#demo')).contentFrame();
  await frame.waitForSelector('html[data-ready]');

  // Each message, and what comes back.
  assert.equal((await ask({ type: 'set', state: '#preset=ring&count=20' })).type, 'done');
  await page.waitForFunction(() => heard.some(({ type, hash }) => type === 'state-changed' && hash.includes('preset=ring')));
  const state = await ask({ type: 'state' });
  assert.deepEqual([state.source, state.version, state.type, state.scene, state.carried], ['brenier', 1, 'state', 'transport', true]);
  assert.equal(state.origin, new URL(base).origin);
  assert.equal((await ask({ type: 'step' })).type, 'done');
  assert.equal((await ask({ type: 'play' })).type, 'done');
  await frame.waitForSelector('#play[aria-pressed=true]');
  await post('slide:stop');
  await frame.waitForSelector('#play[aria-pressed=false]');
  assert.equal((await ask({ type: 'options', options: { controls: 'none', scale: 2 } })).type, 'done');
  assert.equal(await frame.locator('#play').isVisible(), false);
  assert.equal((await ask({ type: 'png', size: 64 })).type, 'png');
  assert.equal((await ask({ type: 'set', state: { count: -1 } })).type, 'error');
  assert.equal((await ask({ type: 'options', options: { onload: 'alert(1)' } })).code, 'options');
  // The older words.
  await post({ type: 'brenier:open', hash: '#preset=ring&count=24' });
  await page.waitForFunction(() => heard.some(({ type, hash }) => type === 'state-changed' && hash.includes('count=24')));

  // What is malformed, unknown, of another version or of another sort is left without a word.
  const last = (await ask({ type: 'state' })).hash;
  const before = await picture(frame);
  await page.evaluate(() => { heard.length = 0; });
  const bad = [
    null, 0, NaN, true, '', 'slide', 'slide:start ', '{"method":"right"}', '{', [], [1], {}, { type: 7 }, { type: 'play' }, { type: 'constructor' }, { type: 'brenier:open', hash: 5 },
    { ...version, type: '__proto__', id: 1 }, { ...version, type: 'toString', id: 1 }, { ...version, type: 'hasOwnProperty' }, { ...version, version: 2, type: 'play', id: 1 }, { ...version, version: '1', type: 'play', id: 1 },
    { source: 'Brenier', version: 1, type: 'reset', id: 1 }, { source: ['brenier'], version: 1, type: 'reset', id: 1 }, { ...version, type: ['reset'], id: 1 }, { ...version, type: 'reset', id: {} }, { ...version, type: 'reset', id: 'x'.repeat(1000) },
    { ...version, type: 'set', id: 1 }, { ...version, type: 'set', state: 5, id: 1 }, { ...version, type: 'set', state: ['#preset=grid'], id: 1 }, { ...version, type: 'set', state: { preset: { toString: 'x' } }, id: 1 },
    { ...version, type: 'set', state: { '__proto__x&preset': 'grid' }, id: 1 }, { ...version, type: 'set', state: `#preset=${'x'.repeat(100_000)}`, id: 1 }, { ...version, type: 'set', state: { t: Infinity }, id: 1 },
    { ...version, type: 'step', by: 1e9, id: 1 }, { ...version, type: 'step', by: 0.5, id: 1 }, { ...version, type: 'step', by: '1', id: 1 }, { ...version, type: 'step', by: 0, id: 1 },
    { ...version, type: 'png', size: 1e6, id: 1 }, { ...version, type: 'png', size: -1, id: 1 }, { ...version, type: 'png', size: '64', id: 1 }, { ...version, type: 'options', id: 1 }, { ...version, type: 'options', options: 'x', id: 1 },
  ];
  for (const message of bad) await post(message);
  await page.evaluate(() => {
    // What only a page itself can make.
    const deep = {};
    let at = deep;
    for (let k = 0; k < 2000; k += 1) { at.a = {}; at = at.a; }
    post(deep);
    post(new Map([['type', 'play']]));
    post(new Date());
    post(new ArrayBuffer(1 << 20));
    post(new Error('no'));
    post({ source: 'brenier', version: 1n, type: 'play', id: 1 });
    const round = { source: 'brenier', version: 1, type: 'set', id: 1 };
    round.state = round;
    post(round);
  });
  assert.equal((await ask({ type: 'state' })).hash, last);
  assert.deepEqual(await page.evaluate(() => heard.filter(({ type }) => type !== 'state').map(({ type }) => type)), []);
  assert.equal(await picture(frame), before, 'and the figure is as it was');
  assert.equal(await frame.locator('#notice').isVisible(), false);

  // Another window than the parent is not heard, whatever it says.
  await page.evaluate(() => {
    heard.length = 0;
    const other = document.createElement('iframe');
    document.body.append(other);
    const script = other.contentDocument.createElement('script');
    script.textContent = 'parent.frames[0].postMessage({ source: "brenier", version: 1, type: "set", state: "#preset=grid" }, "*")';
    other.contentDocument.body.append(script);
  });
  assert.equal((await ask({ type: 'state' })).hash, last);

  // With an allow-list, one of another origin is neither heard nor told anything.
  for (const [list, spoken] of [['https://lectures.example', false], [`https://lectures.example,${new URL(base).origin}`, true]]) {
    await page.evaluate((origins) => {
      heard.length = 0;
      const next = document.createElement('iframe');
      Object.assign(next, { id: 'demo', width: 500, height: 540, src: `embed.html?origins=${origins}#preset=ring&count=20` });
      document.querySelector('#demo').replaceWith(next);
    }, list);
    const listed = await (await page.waitForSelector('#demo')).contentFrame();
    await listed.waitForSelector('html[data-ready]');
    await post({ ...version, type: 'set', state: '#preset=ring&count=33', id: 'x' });
    if (spoken) assert.equal((await answer('x')).type, 'done');
    // Long enough for a link to be written, were it to be.
    await listed.evaluate(async () => { for (let k = 0; k < 60; k += 1) await new Promise((done) => { requestAnimationFrame(done); }); });
    assert.equal(await page.evaluate(() => heard.length > 0), spoken, list);
    assert.equal(await listed.evaluate(() => location.hash.includes('33')), spoken, list);
  }
  assert.deepEqual(problems, []);
}
