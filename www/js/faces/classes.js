// Ten classes: is each of them drawn, and as often as it should be? A classifier that came with the
// decoder labels what the maps draw.

import { $, h, on, setText } from '../dom.js';
import { fixed, percent, whole } from '../format.js';
import { MAPS } from './settings.js';

const COUNT = 2500;
const CHUNK = 50;
const ROWS = ['transport', 'gaussian'];

const HTML = `
<div class="transport-bar" role="group" aria-label="Labelling">
  <button type="button" class="primary" id="faces-label">Label ${COUNT.toLocaleString('en-US')}</button>
  <button type="button" id="faces-label-cancel" disabled>Cancel</button>
  <span class="fine" id="faces-label-status" role="status">–</span>
</div>
<progress id="faces-label-progress" value="0" max="1" aria-label="How many are labelled"></progress>
<div class="table-scroll" tabindex="0" role="region" aria-label="Classes of the pictures">
<table class="faces-table faces-classes"><thead><tr>
  <th scope="col">Map</th>
  <th scope="col"><button type="button" class="hint" data-hint="Classes that at least one picture was labelled as.">Classes captured</button></th>
  <th scope="col"><button type="button" class="hint" data-hint="Kullback–Leibler divergence, in nats, of the classes drawn from those of the training codes. 0 is perfect.">KL</button></th>
  <th scope="col"><button type="button" class="hint" data-hint="What a perfect sampler scores with as many pictures: mean, and 95 % of it, simulated.">Perfect sampler</button></th>
  <th scope="col">Share of each class</th>
</tr></thead><tbody id="faces-label-rows"></tbody></table>
</div>
<p class="fine faces-lines-2" id="faces-label-note">–</p>`;

export function classes(place, session, { say }) {
  place.innerHTML = HTML;
  const at = (id) => $(`#faces-label${id}`, place);
  const rows = {};
  for (const map of ROWS) {
    const row = { captured: h('td', { text: '–' }), kl: h('td', { class: 'num', text: '–' }), perfect: h('td', { class: 'num', text: '–' }), bars: h('ol', { class: 'faces-bars' }) };
    at('-rows').append(h('tr', { 'data-map': map }, h('th', { scope: 'row', text: MAPS[map].name }), row.captured, row.kl, row.perfect, h('td', {}, row.bars)));
    rows[map] = row;
  }
  let owner = null;
  let names = [];
  let truth = null;
  let run = 0;
  let running = false;

  function bars(row, counts) {
    const total = counts ? counts.reduce((sum, n) => sum + n, 0) : 0;
    const most = Math.max(...truth, ...(total ? counts.map((n) => n / total) : [0]));
    row.bars.replaceChildren(...names.map((name, k) => {
      const share = total ? counts[k] / total : 0;
      const bar = (kind, v) => {
        const element = h('span', { class: kind });
        element.style.blockSize = `${((100 * v) / most).toFixed(1)}%`;
        return element;
      };
      const words = total ? `${name}: ${percent(share, 1)}, of the training codes ${percent(truth[k], 1)}` : `${name}: ${percent(truth[k], 1)} of the training codes`;
      return h('li', { title: words }, h('span', { class: 'faces-bar-pair' }, bar('faces-bar-true', truth[k]), bar('faces-bar-drawn', share)), h('span', { class: 'faces-bar-name', 'aria-hidden': 'true', text: name.slice(0, 2) }), h('span', { class: 'hidden-text', text: words }));
    }));
  }
  function idle(words) {
    running = false;
    at('').disabled = false;
    at('-cancel').disabled = true;
    at('-progress').removeAttribute('data-running');
    setText(at('-status'), words);
  }
  async function label() {
    run += 1;
    const mine = run;
    const { decoder, latents, settings: { seed, threshold } } = session;
    running = true;
    at('').disabled = true;
    at('-cancel').disabled = false;
    at('-progress').setAttribute('data-running', '');
    const seen = [];
    for (const map of ROWS) {
      const counts = new Array(names.length).fill(0);
      for (let done = 0; done < COUNT; done += CHUNK) {
        setText(at('-status'), `${MAPS[map].name}: ${whole(done)} of ${whole(COUNT)}`);
        at('-progress').value = (seen.length + done / COUNT) / ROWS.length;
        const sample = await latents.sample({ seed, first: done, count: CHUNK, map, at: session.at(threshold) });
        const labels = await decoder.label(sample.codes);
        if (mine !== run) return;
        for (const k of labels) counts[k] += 1;
        bars(rows[map], counts);
      }
      const { captured, kl, perfect, low, high } = await latents.tally(Uint32Array.from(counts));
      if (mine !== run) return;
      setText(rows[map].captured, `${captured} of ${names.length}`);
      setText(rows[map].kl, fixed(kl, 4));
      setText(rows[map].perfect, `${fixed(perfect, 4)} (${fixed(low, 4)} to ${fixed(high, 4)})`);
      seen.push(`${MAPS[map].name}: ${captured} of ${names.length} classes, KL ${fixed(kl, 4)}.`);
    }
    idle(`${whole(COUNT)} of each labelled, seed ${seed}.`);
    at('-rows').dataset.done = String(seed);
    say(seen.join(' '));
  }
  on(at(''), 'click', () => label().catch((error) => {
    session.fail(error);
    idle('It stopped. Label again.');
  }));
  on(at('-cancel'), 'click', () => {
    run += 1;
    idle('Cancelled.');
  });

  async function begin(latents) {
    owner = latents;
    run += 1;
    const { decoder } = session;
    const { labels: known } = decoder.about;
    names = known?.classes ?? [];
    if (!names.length || !decoder.label) {
      at('').disabled = true;
      setText(at('-status'), 'This decoder has no classifier.');
      return;
    }
    truth = Array.from(await latents.classShares());
    for (const row of Object.values(rows)) {
      for (const key of ['captured', 'kl', 'perfect']) setText(row[key], '–');
      bars(row, null);
    }
    idle('Not labelled yet.');
    setText(at('-note'), `On the left, grey: the share of each class among the ${whole(latents.about.count)} training codes. On the right, green: among the pictures drawn. The classifier errs on ${percent(known.error, 1)} of held-out pictures, so small shares are its errors.`);
  }
  return {
    update() {
      return owner === session.latents ? null : begin(session.latents).catch((error) => session.fail(error));
    },
    rest() {
      if (!running) return;
      run += 1;
      idle('Cancelled.');
    },
  };
}
