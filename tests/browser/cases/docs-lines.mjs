import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { colours } from './page-lib.mjs';

export const name = 'docs: the ten lines of brenier-js.md draw their picture';

export default async function ({ page, base }) {
  const text = await readFile(new URL('../../../docs/brenier-js.md', import.meta.url), 'utf8');
  const lines = text.match(/```html\n([\s\S]*?)```/)[1];
  await page.route(`${base}lines.html`, (route) => route.fulfill({
    contentType: 'text/html; charset=utf-8', body: `<!doctype html><title>Ten lines</title><link rel="icon" href="icon.svg">${lines}`,
  }));
  const said = page.waitForEvent('console', (message) => message.text().startsWith('W₂² = '));
  await page.goto(`${base}lines.html`);
  assert.match((await said).text(), /^W₂² = 0\.0\d+, \d+ Newton steps$/);
  assert.ok((await colours(page, '#picture')) > 3);
}
