import { audit, quiet } from './audit-lib.mjs';
import { published } from '../harness/files.mjs';
import { file } from './faces-lib.mjs';

export const name = 'audit: what failed, what was refused, and the dialogs of that';
export const options = quiet;

/** By state: the link, what the server does to which file, and what shows the state. */
const STATES = [
  ['the solver is missing', '', ['wasm/brenier_web_bg.wasm', null], '#retry:visible'],
  ['the scene in space is missing', '#scene=space', ['wasm/brenier_monte_carlo_bg.wasm', null], '#scene-space [role=alert]:visible'],
  ['the potential is missing', '#scene=potential', ['wasm/brenier_potential_bg.wasm', null], '#scene-potential[data-state=failed]'],
  ['the codes of the faces are damaged', '#scene=faces', ['faces/faces.blat', 'half'], 'html[data-faces-ready=failed]'],
  ['a link that is none', '#preset=nothing&count=-1', null, '#notice:visible'],
];

export default async function ({ page, base, problems }) {
  const { look, end } = await audit(page);
  for (const [what, link, broken, shows] of STATES) {
    const path = broken && `**/${published(broken[0])}`;
    if (broken) {
      const bytes = broken[1] && await file(`www/${broken[0]}`);
      await page.route(path, (route) => (bytes ? route.fulfill({ body: bytes.subarray(0, bytes.length / 2) }) : route.abort()));
    }
    await page.goto('about:blank');
    await page.goto(`${base}${link}`);
    await page.locator(shows).first().waitFor({ state: shows.startsWith('html') ? 'attached' : 'visible' });
    await look(what);
    if (broken) await page.unroute(path);
  }

  // The dialogs of a scene of its own, with what they refuse.
  await page.goto('about:blank');
  await page.goto(`${base}#scene=space&count=60`);
  await page.waitForSelector('html[data-space-ready]');
  await page.locator('#space-own').click();
  await page.locator('#space-import-dialog').waitFor();
  await look('points in space', { within: '#space-import-dialog' });
  await page.locator('#space-import-text').fill('no, numbers');
  await page.locator('#space-import-dialog .primary').click();
  await page.locator('#space-import-error').waitFor();
  await look('points in space that are none', { within: '#space-import-dialog' });
  await page.keyboard.press('Escape');
  for (const dialog of ['embed', 'cite', 'share']) {
    await page.locator(`#open-${dialog}`).click();
    await page.locator(`#${dialog}-dialog`).waitFor();
    await look(`the dialog "${dialog}" of the scene in space`, { within: `#${dialog}-dialog` });
    await page.keyboard.press('Escape');
    await page.locator(`#${dialog}-dialog`).waitFor({ state: 'hidden' });
  }
  // What this case refused is all that is complained of.
  const own = problems.filter((line) => /\.wasm|\.blat|ERR_FAILED|Failed to fetch/.test(line));
  problems.splice(0, problems.length, ...problems.filter((line) => !own.includes(line)));
  end();
}
