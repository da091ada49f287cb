import assert from 'node:assert/strict';
import { decode } from '../harness/png.mjs';
import { keeping } from './offline-lib.mjs';

export const name = 'offline: the page can be installed, from a sub-path too';
export const variants = [{ serviceWorkers: 'allow' }, { serviceWorkers: 'allow', subpath: true }];

export default async function ({ page, context, base }) {
  await keeping(page, base);
  const devtools = await context.newCDPSession(page);
  const { url, data, errors } = await devtools.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.equal(url, `${base}manifest.webmanifest`);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Contexts of tests are private windows: that is all there is against it.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  const { start_url: start, scope, icons } = JSON.parse(data);
  assert.deepEqual([new URL(start, url).href, new URL(scope, url).href], [base, base]);
  for (const { src, type, sizes } of icons.filter((icon) => icon.type === 'image/png')) {
    const answer = await fetch(new URL(src, url));
    assert.equal(answer.headers.get('content-type'), type);
    const { width, height } = decode(Buffer.from(await answer.arrayBuffer()));
    assert.equal(`${width}x${height}`, sizes, src);
  }
  assert.ok(icons.some(({ purpose }) => purpose === 'maskable'));
}
