import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const name = 'docs: how it works, in the site and among the docs, shows its formulas and pictures, wide and narrow, light and dark';
export const variants = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
];

const TYPES = { '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png' };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
const root = fileURLToPath(new URL('../../../', import.meta.url));
const { modules } = JSON.parse(process.env.BRENIER_TESTS);

export default async function ({ page, base, options }) {
  // In the site it is led to, and leads to nothing that is not there.
  await page.goto(base);
  await page.locator('.foot a', { hasText: 'How it works' }).click();
  await page.waitForURL(`${base}how-it-works.html`);
  const links = await page.evaluate(() => [...document.querySelectorAll('a')].map((a) => a.href).filter((href) => href.startsWith(location.origin)));
  for (const href of new Set(links.map((link) => link.split('#')[0]))) assert.equal((await page.request.get(href)).status(), 200, href);
  await read(page, options);

  await page.route(new RegExp(`^${base}(docs|www)/`), async (route) => {
    const file = join(root, new URL(route.request().url()).pathname.slice(new URL(base).pathname.length));
    await route.fulfill({ contentType: TYPES[extname(file)], body: await readFile(file) });
  });
  await page.goto(`${base}docs/how-it-works.html`);
  await read(page, options);
}

async function read(page, options) {
  const seen = await page.evaluate(() => ({
    formulas: [...document.querySelectorAll('math')].map((math) => {
      const { width, height } = math.getBoundingClientRect();
      const foreign = [...math.querySelectorAll('*')].filter((e) => e.namespaceURI !== 'http://www.w3.org/1998/Math/MathML' || e.localName === 'merror');
      return { text: math.textContent, drawn: width > 1 && height > 1, foreign: foreign.map((e) => e.localName) };
    }),
    // As text a formula's sign would stand in the prose.
    left: [...document.querySelectorAll('p, li')].map((e) => e.textContent).filter((text) => /[$\\]/.test(text)),
    wider: document.documentElement.scrollWidth - innerWidth,
    pictures: [...document.images].map((image) => [image.currentSrc, image.naturalWidth]),
    anchors: [...document.querySelectorAll('nav a')].filter((a) => !document.querySelector(a.hash)).map((a) => a.hash),
  }));
  assert.ok(seen.formulas.length > 60, `${seen.formulas.length} formulas`);
  assert.deepEqual(seen.formulas.filter(({ drawn, foreign }) => !drawn || foreign.length), []);
  assert.deepEqual(seen.left, []);
  assert.ok(seen.wider <= 0, `wider than the window by ${seen.wider}`);
  assert.ok(seen.pictures.length >= 3);
  for (const [source, width] of seen.pictures) {
    assert.ok(width > 0, source);
    assert.equal(/-dark[.-]/.test(source), options.colorScheme === 'dark', source);
  }
  assert.deepEqual(seen.anchors, []);

  await page.evaluate(await readFile(join(modules, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
  assert.equal(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`).join('\n'), '');
}
