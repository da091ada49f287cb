import assert from 'node:assert/strict';
import { open } from './lib.mjs';

export const name = 'what goes wrong in a page is heard of';
export const provokes = true;

export default async function ({ tab, url, problems }) {
  await open(tab, url, 'embed.html');
  assert.deepEqual(problems(), []);
  const wrong = [
    [() => { console.error('said'); }, /console: said/],
    [() => { setTimeout(() => { throw new Error('unseen'); }); }, /unseen/],
    [() => { Promise.reject(new Error('unheard')); }, /unheard/],
    [() => { fetch('no-such-file').catch(() => {}); }, /response: 404.*no-such-file/],
    [() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inline = true';
      document.body.append(script);
    }, /policy/i],
    [() => { fetch('http://example.com/').catch(() => {}); }, /example\.com/],
  ];
  for (const [work, expected] of wrong) {
    await tab.run(work);
    // Each round trip to the page lets what it has reported arrive.
    for (let k = 0; k < 500 && !problems().some((line) => expected.test(line)); k += 1) await tab.run(() => new Promise((done) => { requestAnimationFrame(done); }));
    assert.ok(problems().some((line) => expected.test(line)), `${expected} in ${JSON.stringify(problems())}`);
    problems.forget();
  }
  assert.equal(await tab.run(() => globalThis.inline), null);
}
