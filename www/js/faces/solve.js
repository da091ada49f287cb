// Solve again: from heights of zero, by Monte Carlo in as many dimensions as codes have.

import { $, h, on, setText } from '../dom.js';
import { percent, plain, time, whole } from '../format.js';
import { MonteCarlo } from '../monte-carlo.js';
import { DEVICES, HINT, NAME, runsOn } from '../monte-carlo/device.js';
import { STOPPED } from '../monte-carlo/names.js';
import { draw as plot } from '../monte-carlo/plot.js';
import { draw, picture } from './picture.js';
import { SETS } from './settings.js';

const COUNT = 12;
/** Root mean square that a solve in the page is stopped at. */
const TOLERANCE = 0.1;
const PHASES = { adam: 'Adam', lbfgs: 'L-BFGS', clusters: 'Clusters', 'within clusters': 'Within clusters', measuring: 'Measuring' };
const ROWS = [
  { name: 'Residual, r.m.s.', hint: 'Root mean square of wᵢ/νᵢ − 1 over all cells, from fresh samples with their noise taken off, and its standard error.', of: (r) => `${percent(r.residual, 1)} ± ${percent(r.residualError, 1)}` },
  { name: 'Largest error', hint: 'The largest |ŵᵢ/νᵢ − 1| among the sampled cells, noise and all; in brackets what noise alone would show.', of: (r) => `${percent(r.maximum, 0)} (${percent(r.maximumNoise, 0)})` },
  { name: 'Total variation', hint: '½ Σ |ŵᵢ − νᵢ|, the share of the mass in the wrong cell; in brackets what noise alone would show.', of: (r) => `${percent(r.variation, 1)} (${percent(r.variationNoise, 1)})` },
  { name: 'Cells without a sample', hint: 'A cell that no sample fell into has no known mass. There must be none.', of: (r) => whole(r.starved.length) },
  { name: 'Samples', hint: 'Samples drawn in the whole solve.', of: (r) => (r.samples > 1e6 ? `${plain(r.samples / 1e6, 3)} million` : whole(r.samples)) },
  { name: 'Steps', hint: 'Steps of the method.', of: (r) => whole(r.iterations) },
  { name: 'Time', hint: 'Duration of the solve.', of: (r) => time(r.milliseconds).join('\u00a0') },
];

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const HTML = `
<div class="faces-columns faces-solve-columns">
  <div class="faces-solve-left">
    <div class="transport-bar" role="group" aria-label="Solve">
      <button type="button" class="icon-button primary" id="faces-solve" aria-label="Solve from heights of zero" aria-pressed="false">${icon('play')}</button>
      <button type="button" id="faces-step" disabled>Step</button>
      <button type="button" id="faces-reset">Reset</button>
      <button type="button" id="faces-cancel" disabled>Cancel</button>
      <span class="gap"></span>
      <button type="button" id="faces-shipped" disabled>Shipped heights</button>
    </div>
    <p class="fine faces-status" id="faces-status" role="status">–</p>
    <progress id="faces-solve-progress" value="0" max="1" aria-label="How far the solve is"></progress>
    <figure class="faces-curve"><figcaption class="fine" id="faces-curve-words">–</figcaption><svg id="faces-residual" role="img" aria-label="Residual by step"></svg></figure>
    <p class="fine" id="faces-solve-words">–</p>
    <div class="faces-shelf" id="faces-solve-shelf" role="group" aria-label="The same points with the heights so far"></div>
  </div>
  <div class="faces-solve-right">
    <div class="row"><label for="faces-method">Method</label><select id="faces-method"><option value="adam">Adam</option><option value="lbfgs">L-BFGS</option><option value="hierarchical">Hierarchical</option></select><span></span></div>
    <div class="row faces-device"><button type="button" class="hint" data-hint="${HINT}">${NAME}</button><select id="faces-device" aria-label="${NAME}">${DEVICES.map(([value, text]) => `<option value="${value}">${text}</option>`).join('')}</select><span></span></div>
    <p class="fine faces-lines-2" id="faces-device-note">–</p>
    <table class="faces-table"><thead><tr><th scope="col">Estimate</th><th scope="col" class="r">Shipped</th><th scope="col" class="r">Here</th></tr></thead><tbody id="faces-reports"></tbody></table>
  </div>
</div>`;

export function solve(place, session, { say }) {
  place.innerHTML = HTML;
  const at = (id) => $(`#faces-${id}`, place);
  const solver = new MonteCarlo();
  const cells = ROWS.map(({ name, hint }) => {
    const [shipped, here] = [h('td', { class: 'r', text: '–' }), h('td', { class: 'r', text: '–' })];
    at('reports').append(h('tr', {}, h('th', { scope: 'row' }, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), shipped, here));
    return { shipped, here };
  });
  const tiles = Array.from({ length: COUNT }, () => picture(64));
  at('solve-shelf').append(...tiles.map((tile) => h('span', { class: 'faces-tile' }, tile)));

  /** idle, solving, paused, done, cancelled or failed. */
  let state = 'idle';
  let run = 0;
  let points = [];
  let first = Infinity;
  let path = null;
  let fallen = null;
  let resting = false;

  const note = () => setText(at('device-note'), state === 'idle' ? 'The solve runs here, in a worker of its own. It can be paused, and ended.' : runsOn({ path, fallen }));
  function show(next, words) {
    state = next;
    const running = state === 'solving' || state === 'paused';
    const button = at('solve');
    button.setAttribute('aria-pressed', String(state === 'solving'));
    button.setAttribute('aria-label', { solving: 'Pause the solve', paused: 'Go on with the solve' }[state] ?? 'Solve from heights of zero');
    $('use', button).setAttribute('href', state === 'solving' ? '#i-pause' : '#i-play');
    at('step').disabled = !running;
    at('cancel').disabled = !running;
    at('shipped').disabled = running || session.shipped;
    at('solve-progress').toggleAttribute('data-running', running);
    place.dataset.state = state;
    if (words) setText(at('status'), words);
    note();
  }
  function reports() {
    const { report } = session.latents.about;
    ROWS.forEach(({ of }, k) => {
      setText(cells[k].shipped, of(report));
      setText(cells[k].here, session.report ? of(session.report) : '–');
    });
  }
  function curve() {
    const series = points.length ? [{ method: 'here', name: '', dash: '', points }] : [];
    plot(at('residual'), { series, axis: 'step', cursor: null });
    setText(at('curve-words'), points.length ? `Residual, r.m.s., by step: ${percent(points.at(-1)[1], 1)}` : 'Residual, r.m.s., by step: it is measured now and then, and appears with the first measurement');
    at('residual').setAttribute('aria-label', points.length ? `Residual by step, on logarithmic scales: ${percent(points.at(-1)[1], 1)} at step ${whole(points.at(-1)[0])}` : 'Residual by step: no solve yet');
  }

  /** The same points, with the heights so far. */
  const repaint = session.newest(async () => {
    const { decoder, latents, settings: { seed, threshold } } = session;
    if (!decoder) return;
    const sample = await latents.sample({ seed, count: COUNT, map: 'transport', at: session.at(threshold) });
    const pixels = await session.decode(sample.codes);
    if (decoder !== session.decoder) return;
    tiles.forEach((tile, k) => {
      draw(tile, pixels, decoder.side, k);
      tile.setAttribute('role', 'img');
      tile.removeAttribute('aria-hidden');
      tile.setAttribute('aria-label', `Point ${k + 1}: cell ${whole(sample.cells[k])}`);
    });
    const different = new Set(sample.cells).size;
    setText(at('solve-words'), `The first ${COUNT} points of the seed, with ${session.shipped ? 'the shipped heights' : 'the heights so far'}: ${different} different cells. With heights of zero a few ${SETS[session.settings.set].many} of a few cells come again and again.`);
  });
  const follow = session.newest(async (heights) => {
    if (run && state !== 'idle') await session.setHeights(heights);
  });

  async function start({ device = session.settings.device, why = null } = {}) {
    run += 1;
    const mine = run;
    points = [];
    first = Infinity;
    path = null;
    fallen = why;
    const { latents } = session;
    const bar = at('solve-progress');
    bar.removeAttribute('value');
    show('solving', 'Starting…');
    curve();
    try {
      const { request, sites, masses } = await latents.problem({ method: at('method').value, tolerance: TOLERANCE, seed: session.settings.seed, device });
      if (mine !== run) return;
      const answer = await solver.start({ request, sites, masses }, {
        onProgress: (progress) => {
          if (mine !== run) return;
          const { phase, iteration, rms, samples, device: runs, heights } = progress;
          const known = Number.isFinite(rms) && rms > 0;
          path = runs;
          note();
          setText(at('status'), `${PHASES[phase] ?? phase}: step ${whole(iteration)}${known ? `, r.m.s. ${percent(rms, 1)}` : ''}, ${plain(samples / 1e6, 3)} million samples`);
          if (known) {
            if (first === Infinity) first = Math.max(rms, 2 * TOLERANCE);
            // On a log scale, as residuals fall.
            bar.value = Math.max(bar.position < 0 ? 0 : bar.value, Math.min(0.98, Math.log(first / rms) / Math.log(first / TOLERANCE)));
            if (!points.length || iteration > points.at(-1)[0]) points.push([iteration, rms]);
            curve();
          }
          if (heights?.length) follow(heights);
        },
        onPause: () => mine === run && state === 'solving' && show('paused', `Paused. ${at('status').textContent}`),
      });
      if (mine !== run) return;
      if (!answer) {
        show('cancelled', 'Cancelled. The heights stay as they were last.');
        return;
      }
      path = answer.report.device;
      setText(at('status'), 'Choosing the threshold of the singular set for these heights…');
      const { report } = answer;
      await session.setHeights(answer.heights, { ...report, milliseconds: [report.milliseconds].flat()[0] });
      bar.value = 1;
      const words = `${STOPPED[report.stopped] ?? report.stopped}: r.m.s. ${percent(report.residual, 1)} after ${whole(report.iterations)} steps.`;
      show('done', words);
      say(words);
      reports();
    } catch (error) {
      if (mine !== run) return;
      if (error.code === 'machine' && device === 'gpu') {
        await start({ device: 'cpu', why: error.message });
        return;
      }
      session.fail(error);
      show('failed', 'It stopped. Solve again, or take another path under Run on.');
    }
  }
  function cancel(words) {
    if (state !== 'solving' && state !== 'paused') return;
    run += 1;
    solver.cancel();
    show('cancelled', words);
  }
  on(at('solve'), 'click', () => {
    if (state === 'solving') solver.pause();
    else if (state === 'paused') {
      show('solving');
      solver.play();
    } else start();
  });
  on(at('step'), 'click', () => solver.step());
  on(at('cancel'), 'click', () => cancel('Cancelled. The heights stay as they were last.'));
  on(at('reset'), 'click', async () => {
    cancel('');
    points = [];
    curve();
    await session.setHeights(new Float64Array(session.latents.about.count));
    show('idle', 'Heights of zero: every cell is where its code alone puts it. Press play.');
  });
  on(at('shipped'), 'click', async () => {
    await session.setHeights(null);
    show('idle', 'The shipped heights again.');
    reports();
  });
  on(at('device'), 'change', () => session.patch({ device: at('device').value }));
  new ResizeObserver(curve).observe(at('residual'));

  let key = '';
  let owner = null;
  return {
    update() {
      const { latents, settings: { seed, set, threshold, device } } = session;
      if (owner !== latents) {
        cancel('');
        owner = latents;
        points = [];
        show('idle', `Press play: the heights go to zero, and the solve begins. Those in the file took ${time(latents.about.report.milliseconds).join('\u00a0')}, natively. A graphics card takes minutes, one thread of a processor far longer.`);
        curve();
      }
      at('device').value = device;
      at('shipped').disabled = state === 'solving' || state === 'paused' || session.shipped;
      reports();
      if (resting) {
        resting = false;
        if (state === 'paused') {
          show('solving');
          solver.play();
        }
      }
      const now = [session.heights, set, seed, threshold].join();
      if (now === key) return null;
      key = now;
      return repaint();
    },
    /** Waits while nobody looks, and goes on from there. */
    rest() {
      if (state !== 'solving') return;
      resting = true;
      solver.pause();
    },
  };
}
