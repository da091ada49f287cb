// What the audits of accessibility share. Not a case itself: it exports no `name`.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const { modules } = JSON.parse(process.env.BRENIER_TESTS);
const AXE = await readFile(join(modules, 'node_modules/axe-core/axe.min.js'), 'utf8');

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** The rules whose verdict the theme can change. */
const COLOUR = ['color-contrast', 'link-in-text-block'];

/** By rule: what breaks it for a reason. */
const EXCEPT = {
  // A hint is read as the description of its button; it stands over everything, in no landmark.
  region: (html) => html.startsWith('<div class="tip" id="tip" role="tooltip"'),
  // A frame stands under its page's headings: a first-level one of its own would end their order.
  'page-has-heading-one': (html) => /^<html [^>]*class="embed"/.test(html),
};

/** What every audit's context is: colours are read once nothing fades. */
export const quiet = { viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' };

/**
 * An audit of one page: `look(what)` takes its present state, wide and narrow, light and dark, all in
 * one load; `end()` fails with all that was found. `within` is the part to be audited, the whole page
 * without it; `sizes` are those of the window.
 */
export async function audit(page, sizes = [WIDE, NARROW]) {
  const found = new Map();
  let states = 0;

  async function rules(what, within, only) {
    // The debugger's way in, which the page's policy does not bind.
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
    // An output is a live region by itself, and would be read at every step of a slider that has said its value.
    const loud = await page.locator('output:not([aria-live=off])').evaluateAll((all) => all.map((e) => e.outerHTML));
    assert.deepEqual(loud, [], `${what}: outputs that chatter`);
    const { violations, passes } = await page.evaluate(([context, runOnly]) => window.axe.run(context ?? document, {
      runOnly,
      // The embed in the dialog's preview is audited as a page of its own.
      iframes: false,
      // Its rule that wants style sheets ahead would read them through inline styles, which the policy forbids.
      preload: false,
      resultTypes: ['violations'],
    }), [within, only ? { type: 'rule', values: COLOUR } : { type: 'tag', values: TAGS }]);
    assert.ok(passes.length > 0, `${what}: no rule has found anything to look at`);
    states += 1;
    for (const { id, help, nodes } of violations) {
      for (const { target, failureSummary, html } of nodes) {
        if (EXCEPT[id]?.(html)) continue;
        const line = `${id} (${help}): ${target.join(' ')}\n    ${failureSummary.replace(/\s+/g, ' ')}\n    ${html.slice(0, 200)}`;
        if (!found.has(line)) found.set(line, what);
      }
    }
  }

  const dress = async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, scheme);
  };

  return {
    async look(what, { within, before } = {}) {
      for (const size of sizes) {
        await page.setViewportSize(size);
        await before?.();
        await rules(`${what}, ${size.width} px, light`, within, false);
        await dress('dark');
        await rules(`${what}, ${size.width} px, dark`, within, true);
        await dress('light');
      }
      await page.setViewportSize(sizes[0]);
    },
    end() {
      assert.ok(states > 0);
      assert.equal([...found].map(([line, what]) => `${what}: ${line}`).join('\n'), '');
    },
  };
}

/** Opens every fold, so that what it holds is looked at too. */
export const unfold = (page) => page.evaluate(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; });

/**
 * Lets a case hold what the page asks of its workers, so that a state before any answer stays as it
 * is while it is looked at. To be called before the page is opened; returns `hold` and `release`.
 */
export async function holding(page) {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    let held = null;
    Worker.prototype.postMessage = function send(...message) {
      if (held) held.push([this, message]);
      else postMessage.apply(this, message);
    };
    window.hold = () => { held ??= []; };
    window.release = () => {
      const waiting = held ?? [];
      held = null;
      for (const [worker, message] of waiting) postMessage.apply(worker, message);
      return waiting.length;
    };
  });
  return { hold: () => page.evaluate(() => window.hold()), release: () => page.evaluate(() => window.release()) };
}
