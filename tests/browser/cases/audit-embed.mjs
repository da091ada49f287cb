import { audit, quiet } from './audit-lib.mjs';
import { drawn } from './faces-scene-lib.mjs';
import { shows } from './potential-lib.mjs';
import { solved } from './space-lib.mjs';

export const name = 'audit: every scene in a frame';
export const options = quiet;

const SCENES = {
  'preset=clusters&count=40': (page) => page.waitForSelector('html[data-ready]'),
  'scene=space&count=60': async (page) => {
    await page.waitForSelector('html[data-space-ready]');
    await solved(page);
  },
  'scene=coverage': (page) => page.waitForSelector('html[data-coverage-ready]'),
  'scene=faces&set=digits': async (page) => {
    await page.waitForSelector('html[data-faces-ready=ready]');
    await drawn(page);
  },
  'scene=potential&count=30': (page) => shows(page, 'graph'),
};

export default async function ({ page, base }) {
  // The sizes of a slide and of a phone.
  const { look, end } = await audit(page, [{ width: 960, height: 540 }, { width: 390, height: 500 }]);
  for (const [link, ready] of Object.entries(SCENES)) {
    await page.goto('about:blank');
    await page.goto(`${base}embed.html?controls=all#${link}`);
    await ready(page);
    await look(link);
  }
  end();
}
