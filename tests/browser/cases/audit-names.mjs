import assert from 'node:assert/strict';

export const name = 'audit: what has a role has a name from the moment it stands, whatever its content waits for';

/** Each scene and part, one page each: nothing has been made before. */
const PLACES = [
  'preset=clusters&count=40',
  'preset=clusters&count=20&method=adam',
  'scene=coverage',
  'scene=space&count=60',
  ...['graph', 'heights', 'path', 'critic', 'network'].map((part) => `scene=potential&part=${part}&count=30`),
  ...['samples', 'line', 'plane', 'maps', 'solve', 'classes'].map((part) => `scene=faces&set=digits&part=${part}`),
];

/** Notes each element that has a role and no name at the first moment after the script that made it. */
function watch() {
  const ROLES = 'canvas, svg[role], img, button, a[href], input, select, textarea, progress, [role=img], [role=application], [role=group], [role=region], [role=radiogroup], [role=tablist], [role=slider], [role=tab], section[aria-label]';
  const text = (ids) => (ids ?? '').split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join('');
  const named = (e) => [
    e.getAttribute('aria-label'), e.title, e.alt, text(e.getAttribute('aria-labelledby')),
    ...[...(e.labels ?? [])].map((label) => label.textContent), /^(button|a)$/i.test(e.tagName) || e.matches('[role=tab]') ? e.textContent : '',
  ].some((name) => name?.trim());
  const silent = (e) => e.closest('[aria-hidden=true], [role=presentation], fieldset > legend') || e.matches('[role=group]:not([tabindex])');
  window.nameless = new Set();
  window.seen = 0;
  function check(root) {
    for (const e of [root, ...root.querySelectorAll('*')]) {
      if (!e.matches(ROLES) || silent(e)) continue;
      window.seen += 1;
      // What is hidden has no name to be missed.
      if (!named(e) && e.checkVisibility()) window.nameless.add(e.cloneNode(false).outerHTML);
    }
  }
  // What the parser brings is whole only at its end.
  const late = new MutationObserver((changes) => {
    if (document.readyState === 'loading') return;
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE && node.isConnected) check(node);
  });
  late.observe(document, { subtree: true, childList: true });
  document.addEventListener('readystatechange', () => { if (document.readyState === 'interactive') check(document.documentElement); });
}

export default async function ({ page, base }) {
  await page.addInitScript(watch);
  const found = [];
  for (const place of PLACES) {
    await page.goto('about:blank');
    await page.goto(`${base}#${place}`);
    const [, scene] = /scene=(\w+)/.exec(place) ?? [];
    const [, part] = /part=(\w+)/.exec(place) ?? [];
    if (scene === 'potential') await page.waitForSelector(`#scene-potential[data-made=${part}]`);
    else await page.waitForSelector(scene ? `html[data-${scene}-ready]` : 'html[data-ready]');
    if (scene === 'faces') await page.waitForSelector(`#faces-part-${part} *`);
    const { nameless, seen } = await page.evaluate(() => ({ nameless: [...window.nameless], seen: window.seen }));
    assert.ok(seen > 50, `${place}: ${seen} elements looked at`);
    found.push(...nameless.map((html) => `${place}: ${html}`));
  }
  assert.equal(found.join('\n'), '');
}
