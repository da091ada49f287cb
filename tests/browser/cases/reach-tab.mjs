import assert from 'node:assert/strict';
import { shows } from './potential-lib.mjs';

export const name = 'reach: by Tab alone to every control and handle of every scene, each seen, named and moved by the arrows';
export const options = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };

const potential = (part, more = '') => [`scene=potential&part=${part}&preset=clusters&count=20${more}`, (page) => shows(page, part)];
const faces = (part, mark) => [`scene=faces&set=digits&part=${part}`, (page) => page.waitForSelector(mark, { state: 'attached' })];
const PLACES = [
  ['preset=clusters&count=20', (page) => page.waitForSelector('html[data-ready]')],
  ['preset=clusters&count=20&method=adam', (page) => page.waitForSelector('#mc-play')],
  ['scene=coverage', (page) => page.waitForSelector('html[data-coverage-ready]')],
  ['scene=space&count=60', (page) => page.waitForSelector('html[data-space-ready]')],
  potential('graph'), potential('heights'), potential('heights', '&step=0'), potential('path'), potential('critic'), potential('critic', '&look=graph'), potential('network'),
  faces('samples', '#faces-grid[data-made]'), faces('line', '#faces-strip-live[data-made]'), faces('plane', '#faces-plane[data-made]'),
  faces('maps', '#faces-maps[data-made]'), faces('solve', '#faces-solve-shelf canvas[role=img]'), faces('classes', '#faces-label'),
];
/** More stops than any scene has: who needs them is caught in a trap. */
const MOST = 400;

/** What the page is asked, kept in it. */
function helpers() {
  const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const LIVE = '[role=status], [role=alert], [aria-live]';
  window.visited = [];
  window.spoken = 0;
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const place = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest?.(LIVE);
      if (place && place.getAttribute('aria-live') !== 'off') window.spoken += 1;
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(':disabled') && !e.closest('[inert]');
  const group = (e) => (e.type === 'radio' && e.name ? [...document.getElementsByName(e.name)] : [e]);
  const roving = (e) => e.closest('[role=tablist], [role=radiogroup], [role=application], [role=group], .presets, .proxies');
  /** What Tab should come to. What a key enables behind it, such as undo, it has passed. */
  let there = [];
  window.begin = () => { there = [...document.querySelectorAll(STOPS)].filter(shown); };
  window.missed = () => there.filter((e) => {
    // One of a group that has a stop is come to by the arrows.
    if (!e.isConnected || !shown(e) || group(e).some((one) => visited.includes(one))) return false;
    if (e.tabIndex >= 0) return true;
    // One that scripts alone can focus is a place to jump to, unless it can be pressed.
    return e.matches('button, input, select, [role=tab], [role=radio]') && !visited.some((one) => roving(e)?.contains(one));
  }).map((e) => e.cloneNode(false).outerHTML.slice(0, 200));
  const text = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
  const named = (e) => [e.getAttribute('aria-label'), text(e.getAttribute('aria-labelledby')), e.title, ...[...(e.labels ?? [])].map((l) => l.textContent), e.matches('input, select, textarea') ? '' : e.textContent].some((t) => t?.trim());
  /** A ring of two pixels, on it or on what stands for it. */
  const ringed = (e) => [e, e.nextElementSibling, e.parentElement, e.closest('label'), e.closest('fieldset, .ht-who')].some((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, opacity } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && Number(opacity) > 0.9;
  });
  const HANDLE = '[role=application][tabindex="0"], .proxies button, [role=slider]';
  /** What has the focus now: null once it comes round. */
  window.stop = () => {
    const e = document.activeElement;
    if (!e || e === document.body || visited.includes(e)) return null;
    visited.push(e);
    const about = e.cloneNode(false).outerHTML.slice(0, 200);
    const role = e.matches('a, button, input, select, textarea, summary') || e.hasAttribute('role');
    // A region that scrolls may be a stop without a role: the browser makes it one.
    const scrolls = e.tabIndex === 0 && !e.hasAttribute('tabindex');
    return { about, named: named(e) || scrolls, role: role || scrolls, ringed: ringed(e), handle: e.matches(HANDLE) };
  };
}

export default async function ({ page, base }) {
  await page.addInitScript(helpers);
  const wrong = [];
  let handles = 0;
  for (const [link, stands] of PLACES) {
    await page.goto('about:blank');
    await page.goto(`${base}#${link}`);
    await stands(page);
    await page.evaluate(() => window.begin());
    const note = (text) => wrong.push(`${link}: ${text}`);
    let count = 0;
    for (; count < MOST; count += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => window.stop());
      if (!stop) break;
      if (!stop.named) note(`has no name: ${stop.about}`);
      if (!stop.role) note(`has no role: ${stop.about}`);
      if (!stop.ringed) note(`has no ring: ${stop.about}`);
      if (!stop.handle) continue;
      handles += 1;
      const before = await page.evaluate(() => ({ spoken: window.spoken, value: document.activeElement.getAttribute('aria-valuetext') }));
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction((was) => window.spoken > was.spoken || document.activeElement.getAttribute('aria-valuetext') !== was.value, before, { timeout: 20_000 })
        .catch(() => note(`an arrow key says nothing: ${stop.about}`));
      // What the arrow has made of it may be another element: Tab goes on from there.
      await page.evaluate(() => { if (!visited.includes(document.activeElement)) visited.push(document.activeElement); });
    }
    if (count === MOST) note('Tab does not come round');
    for (const about of await page.evaluate(() => window.missed())) note(`Tab does not come to ${about}`);
  }
  assert.ok(handles > 10, `${handles} handles`);
  assert.equal(wrong.join('\n'), '');
}
