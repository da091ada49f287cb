// What the cases of embedding share. Not a case itself: it exports no `name`.

import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** A page of somebody else's at `${base}talk.html`, on the site's own origin, with this body. */
export async function talk(page, base, body) {
  await page.route(`${base}talk.html`, (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><html lang="en"><title>Talk</title><link rel="icon" href="icon.svg"><body>${body}</body></html>`,
  }));
  await page.goto(`${base}talk.html`);
}

/** Serves docs/examples/ at `${base}examples/`, with the site and Node's packages where they are to be put. */
export async function examples(context, base) {
  const { modules } = JSON.parse(process.env.BRENIER_TESTS);
  const folder = fileURLToPath(new URL('../../../docs/examples/', import.meta.url));
  await context.route(`${base}examples/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.split('/examples/')[1];
    const [, site] = path.split(/(?:^|\/)brenier\//);
    if (site !== undefined) {
      const url = new URL(site, base);
      url.search = new URL(route.request().url()).search;
      // A page that is left asks for nothing more.
      await route.fetch({ url: url.href }).then((response) => route.fulfill({ response })).catch(() => {});
      return;
    }
    const [, pack] = path.split('node_modules/');
    const file = pack === undefined ? join(folder, path) : join(modules, 'node_modules', pack);
    await route.fulfill({ contentType: TYPES[extname(file)] ?? 'application/octet-stream', body: await readFile(file) });
  });
  return `${base}examples/`;
}

/** Waits until the n-th demo of a page shows its figure, and returns its frame. */
export async function demo(page, n = 0) {
  await page.waitForFunction((k) => document.querySelectorAll('brenier-demo')[k]?.hasAttribute('data-ready'), n);
  const handle = await page.evaluateHandle((k) => document.querySelectorAll('brenier-demo')[k].querySelector('iframe'), n);
  return handle.asElement().contentFrame();
}
