import assert from 'node:assert/strict';

export const name = 'smoke: the harness sees what it must';

/** Does something wrong in the page and waits for the harness to note it. */
async function provoke(page, problems, wrong, expected) {
  await page.evaluate(wrong);
  // Each round trip to the page lets what it has reported arrive.
  for (let k = 0; k < 500 && !problems.some((line) => expected.test(line)); k += 1) {
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(done); }));
  }
  assert.ok(problems.some((line) => expected.test(line)), `${expected} in ${JSON.stringify(problems)}`);
  problems.length = 0;
}

export default async function ({ page, base, problems }) {
  await page.goto(`${base}embed.html`);
  await page.waitForSelector('html[data-ready]');
  assert.deepEqual(problems, []);
  await provoke(page, problems, () => console.error('said'), /^console: said/);
  await provoke(page, problems, () => { Promise.reject(new Error('unheard')); }, /^uncaught: .*unheard/s);
  await provoke(page, problems, () => { fetch('no-such-file').catch(() => {}); }, /^response: 404/);
  await provoke(page, problems, () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inline = true';
    document.body.append(script);
  }, /^console: .*Content Security Policy/s);
  assert.equal(await page.evaluate(() => globalThis.inline), undefined);
  await provoke(page, problems, () => { fetch('http://example.com/').catch(() => {}); }, /example\.com/);
  problems.length = 0; // what the last one still brought
}
