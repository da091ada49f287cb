import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { solved } from './space-lib.mjs';

export const name = 'space: a scene that cannot be loaded says so, and is tried again when chosen';

export default async function ({ page, base, problems }) {
  await page.route(`**/${published('css/space.css')}`, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  await page.click('.scenes a[href="#scene-space"]');
  await page.locator('#scene-space [role=alert]').waitFor();
  assert.match(await page.locator('#scene-space').innerText(), /could not be loaded .*choose it again/s);
  problems.length = 0; // the response that was asked for
  await page.unroute(`**/${published('css/space.css')}`);
  await page.click('.scenes a[href="#scene-space"]');
  await page.waitForSelector('html[data-space-ready]');
  await solved(page);
}
