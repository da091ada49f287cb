import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';

export const name = 'scenes: one that lacks its style sheet says so and is tried again when asked, so is a part of one; of a release that is gone it is said';

/** By what is missing: the page, where it is said, how it is asked for again, and what then stands. */
const MISSING = [
  ['space', '', '#scene-space > .space-wait[role=alert]', '.scenes a[href="#scene-space"]', 'html[data-space-ready]'],
  ['potential-network', '#scene=potential&part=network&count=20', '#potential-part-network > .pot-wait:has-text("could not be loaded")', '.pot-tabs [data-part=network]', '#scene-potential[data-made=network]'],
  ['critic', '#scene=coverage', '#critic > [role=alert]', '#critic > button', '#critic.critic'],
];

export default async function ({ page, base, problems }) {
  for (const [sheet, hash, told, again, stands] of MISSING) {
    const path = `**/${published(`css/${sheet}.css`)}`;
    await page.route(path, (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto('about:blank');
    await page.goto(`${base}${hash}`);
    await page.waitForSelector('html[data-ready]');
    if (sheet === 'space') await page.click(again);
    if (sheet === 'critic') await page.locator('#critic').scrollIntoViewIfNeeded();
    await page.locator(told).waitFor();
    assert.match(await page.locator(told).innerText(), /could not be loaded.*again/s);
    problems.length = 0; // the response that was asked for
    await page.unroute(path);
    await page.click(again);
    await page.waitForSelector(stands, { state: 'attached' });
    await page.locator(told).waitFor({ state: 'hidden' });
  }

  // The host has another release, and this page's files no more.
  await page.route(base, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/data-build="\w+"/, 'data-build="0123456789abcdef"') });
  });
  await page.route(`**/${published('css/potential-path.css')}`, (route) => route.fulfill({ status: 404, body: '' }));
  await page.click('.scenes a[href="#scene-potential"]');
  await page.click('.pot-tabs [data-part=path]');
  await page.locator('#potential-part-path > .pot-wait:has-text("reload it")').waitFor();
  problems.length = 0;
}
