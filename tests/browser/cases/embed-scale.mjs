import assert from 'node:assert/strict';
import { shows } from './potential-lib.mjs';

export const name = 'embed: at twice the scale every scene draws handles and lines twice as large, and takes hold of them from twice as far';
export const options = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' };

const potential = (part, more = '') => [`#scene=potential&part=${part}&preset=clusters&count=30&site=3${more}`, (page) => shows(page, part)];
const ready = (scene) => (page) => page.waitForSelector(`html[data-${scene ? `${scene}-` : ''}ready]`, { state: 'attached' });
/** By scene: its link, when it stands, what is drawn of it (`arc` is a handle's radius), and a handle with the pixels from which it is taken. */
const SCENES = {
  transport: [['#preset=ring&count=20', ready('')], ['arc', 'line'], { at: '[data-site="0"]', box: '#figure-box', canvas: '#figure', reach: 14 }],
  cells: [potential('graph'), ['arc', 'line'], { at: '#potential-box-cells [data-site="12"]', box: '#potential-box-cells', canvas: '#potential-cells', reach: 14 }],
  heights: [potential('heights'), ['arc', 'line', 'font']],
  path: [potential('path'), ['arc', 'line'], { at: '#path-marks button:nth-child(5)', box: '#path-box', canvas: '#path-figure', reach: 10 }],
  critic: [potential('critic'), ['arc', 'line']],
  network: [potential('network'), ['line']],
  coverage: [['#scene=coverage&preset=ring', ready('coverage')], ['line'], { at: '.cov-panel [data-site="0"]', box: '.cov-panel .figure-box', canvas: '.cov-panel canvas', reach: 14 }],
  space: [['#scene=space&count=60', ready('space')], ['line']],
  plane: [['#scene=faces&set=digits&part=plane', (page) => page.waitForSelector('#faces-plane[data-made]')], ['arc', 'line', 'font']],
};

/** Notes the largest radius, width of a line and size of type that any canvas draws, in pixels of the screen. */
function measure() {
  const most = { arc: 0, line: 0, font: 0 };
  window.most = most;
  const { arc, stroke, fillText } = CanvasRenderingContext2D.prototype;
  const note = (context, key, value) => { most[key] = Math.max(most[key], value * context.getTransform().a); };
  Object.assign(CanvasRenderingContext2D.prototype, {
    // A whole turn is a mark; parts of one are level lines.
    arc(...args) {
      if (args[3] === 0 && args[4] > 6) note(this, 'arc', args[2]);
      arc.apply(this, args);
    },
    stroke(...args) {
      note(this, 'line', this.lineWidth);
      stroke.apply(this, args);
    },
    fillText(...args) {
      note(this, 'font', parseFloat(/(\d+(\.\d+)?)px/.exec(this.font)[1]));
      fillText.apply(this, args);
    },
  });
}

/** Waits until what was asked for has been drawn: two pictures later. */
const frames = (page) => page.evaluate(async () => { for (let k = 0; k < 6; k += 1) await new Promise((done) => { requestAnimationFrame(done); }); });

export default async function ({ page, base }) {
  await page.addInitScript(measure);
  for (const [scene, [[link, stands], drawn, handle]] of Object.entries(SCENES)) {
    const seen = [];
    for (const scale of [1, 2]) {
      await page.goto('about:blank');
      await page.goto(`${base}embed.html?controls=none&scale=${scale}${link}`);
      await stands(page);
      await frames(page);
      if (handle) {
        const { at, box, canvas, reach } = handle;
        const middle = await page.locator(at).first().evaluate((e) => {
          const { left, top, width, height } = e.getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        });
        // Away from what else can be taken: towards where nothing else is near.
        const others = await page.locator(at.replace(/(\[data-site).*|button.*/, (all, site) => (site ? '[data-site]' : 'button'))).evaluateAll((all) => all.map((e) => {
          const { left, top, width, height } = e.getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        }));
        const far = (x, y) => Math.min(...others.filter(([a, b]) => Math.hypot(a - middle[0], b - middle[1]) > 1).map(([a, b]) => Math.hypot(a - x, b - y)), 1e9);
        const on = await page.locator(canvas).first().boundingBox();
        const place = (distance) => Array.from({ length: 24 }, (_, k) => [middle[0] + distance * Math.cos(k * Math.PI / 12), middle[1] + distance * Math.sin(k * Math.PI / 12)])
          .filter(([x, y]) => x > on.x && y > on.y && x < on.x + on.width && y < on.y + on.height)
          .sort((a, b) => far(...b) - far(...a))[0];
        const taken = async (distance) => {
          await page.mouse.move(on.x + 2, on.y + 2);
          await page.mouse.move(...place(distance));
          await frames(page);
          return (await page.locator(box).first().getAttribute('data-cursor')) === 'grab';
        };
        assert.deepEqual([await taken(0.8 * scale * reach), await taken(1.25 * scale * reach)], [true, false], `${scene} at scale ${scale}: taken within ${scale * reach} pixels`);
      }
      seen.push(await page.evaluate(() => window.most));
    }
    for (const key of drawn) {
      const ratio = seen[1][key] / seen[0][key];
      assert.ok(ratio > 1.9 && ratio < 2.1, `${scene}, ${key}: ${JSON.stringify(seen)}`);
    }
  }
}
