// Draws the pictures of the installed page from icon.svg; `cargo xtask icons` runs this.
//   BRENIER_ICONS = { chromium, modules, from, to }

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { chromium: executablePath, modules, from, to } = JSON.parse(process.env.BRENIER_ICONS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');

/** `share` of the width is the drawing's; systems cut a maskable icon to a circle of four fifths. */
const ICONS = [
  { name: 'icon-192.png', size: 192, share: 1, ground: 'transparent' },
  { name: 'icon-512.png', size: 512, share: 1, ground: 'transparent' },
  { name: 'touch-180.png', size: 180, share: 0.86, ground: '#17191c' },
  { name: 'maskable-512.png', size: 512, share: 0.74, ground: '#17191c' },
];

const svg = await readFile(from, 'utf8');
await mkdir(to, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
for (const { name, size, share, ground } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>html, body { margin: 0; height: 100%; background: ${ground}; display: grid; place-items: center; } svg { width: ${100 * share}vw; height: auto; }</style>${svg}`);
  await page.screenshot({ path: join(to, name), omitBackground: true });
  await page.close();
}
await browser.close();
