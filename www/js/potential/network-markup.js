// The part's skeleton, its words and its formulas.

const mi = (t) => `<mi>${t}</mi>`;
const mn = (t) => `<mn>${t}</mn>`;
const row = (...parts) => `<mrow>${parts.join('')}</mrow>`;
const math = (...parts) => `<math>${row(...parts)}</math>`;
const shown = (...parts) => `<math display="block">${row(...parts)}</math>`;
const open = '<mo stretchy="false">(</mo>';
const close = '<mo stretchy="false">)</mo>';
const comma = '<mo>,</mo>';
const minus = '<mo>−</mo>';
const equals = '<mo>=</mo>';
const dots = '<mo>…</mo>';
const w = (i) => `<msub>${mi('w')}${i}</msub>`;
const i = mi('i');
const before = row(i, minus, mn(1));
const product = `<munderover><mo movablelimits="false">∏</mo>${row(i, equals, mn(1))}${mi('k')}</munderover>`;
const C = (...parts) => `${mi('C')}<mo>⁡</mo>${open}${parts.join('')}${close}`;
const binomial = `<mo>(</mo><mfrac linethickness="0">${mi('n')}${mi('j')}</mfrac><mo>)</mo>`;

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const drawn = (shape) => `<svg class="icon" aria-hidden="true" viewBox="0 0 16 16">${shape}</svg>`;
const STEP = drawn('<path d="M3 2.5v11l6.5-5.5zM11 2.5h2.2v11H11z"/>');
const RESET = drawn('<path class="line" d="M3.2 8a4.8 4.8 0 1 0 1.6-3.6M2.6 2.2l.9 3.3 3.3-.7"/>');

const figure = (which, title, below, more) => `
<figure class="net-figure" data-which="${which}">
  <figcaption><strong>${title}</strong><span>${below}</span></figcaption>
  <div class="figure-box net-box">
    <canvas data-testid="network-${which}" aria-hidden="true" width="480" height="480"></canvas>${more}
  </div>
  <ul class="net-key fine" data-key="${which}"></ul>
</figure>`;

const keys = `
    <div class="net-keys" tabindex="0" role="application" aria-roledescription="linear regions" aria-label="The source in the network’s linear regions" aria-describedby="network-keys"></div>
    <p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> to another region, <kbd>Esc</kbd> lets go</p>`;

const options = (list) => list.map(([value, text, chosen]) => `<option value="${value}"${chosen ? ' selected' : ''}>${text}</option>`).join('');

export const SECTION = `
<div class="net">
  ${figure('source', 'Source', 'the network’s linear regions', keys)}
  <div class="net-middle">
    <div class="net-run">
      <div class="transport-bar net-bar" role="group" aria-label="Training">
        <button type="button" class="icon-button primary" id="network-play" aria-label="Train the network" aria-pressed="false" disabled>${icon('play')}</button>
        <button type="button" class="icon-button" id="network-step" aria-label="One step" title="One step" disabled>${STEP}</button>
        <button type="button" class="icon-button" id="network-reset" aria-label="Back to the start" title="Back to the start" disabled>${RESET}</button>
        <label class="net-speed"><span class="hidden-text">Speed</span><select id="network-speed">${options([['', 'fastest', true], [200, '200 steps/s'], [50, '50 steps/s'], [10, '10 steps/s'], [1, '1 step/s']])}</select></label>
      </div>
      <p class="net-status fine num" id="network-status" data-state="idle" data-steps="0">–</p>
      <p class="net-problem" id="network-problem" role="alert" hidden></p>
    </div>
    <fieldset class="net-shape" id="network-shape">
      <legend class="hidden-text">The network</legend>
      <label class="net-row"><span>Hidden layers</span><select id="network-depth">${options([1, 2, 3, 4].map((k) => [k, k]))}</select></label>
      <div id="network-widths"></div>
      <label class="net-row"><span>Rest after</span><select id="network-trained"></select></label>
    </fieldset>
    <section class="net-numbers" aria-labelledby="network-numbers-title">
      <h2 class="hidden-text" id="network-numbers-title">The network in numbers</h2>
      <table><thead><tr><th scope="col"><span class="hidden-text">Number</span></th><th scope="col" class="generated">Network</th><th scope="col" class="real">Exact map</th></tr></thead><tbody id="network-numbers"></tbody></table>
    </section>
    <fieldset class="views net-views" id="network-views"><legend class="hidden-text">Show</legend>
      <label><input type="radio" name="network-colour" value="between" checked><span>What lands between</span></label>
      <label><input type="radio" name="network-colour" value="slope"><span>Slopes</span></label>
      <label><input type="checkbox" name="jumps" checked><span>Where the map jumps</span></label>
      <label><input type="checkbox" name="samples"><span>Samples</span></label>
    </fieldset>
  </div>
  ${figure('target', 'Target', 'the image of the source’s grid', '')}
  <p class="hidden-text" id="network-keys">Arrow keys go to another linear region; its image lights up beside it, and its mass and slope are told. Escape lets go.</p>
</div>`;

export const PROSE = `
<p>A network with ReLU is continuous, and affine on each of finitely many convex polygons (Arora et al., ICLR 2018, theorem 2.1). The exact map has as many pieces as there are sites, and jumps from one mode to the next (paper, section 4.3). What is connected stays connected under the network: to reach two modes it has to send a strip of the source through the space between them.</p>
<p>You can make the strip thin, with more units and more steps, at the price of a steeper slope, but its mass stays above zero. The polygons, and the mass of what lands between the modes, are computed exactly from the network’s weights at every picture.</p>
<div class="formulas">
${shown(mi('N'), '<mo>≤</mo>', product, C(w(before), comma, w(i)), comma, '<mspace width="0.8em"/>', C(mi('d'), comma, mi('n')), equals, `<munderover><mo movablelimits="false">∑</mo>${row(mi('j'), equals, mn(0))}${mi('d')}</munderover>`, binomial)}
<p>Regions of a network with hidden widths ${math(w(mn(1)), comma, dots, comma, w(mi('k')))} after ${math(w(mn(0)), equals, mn(2))} inputs: the bound in the authors’ slides (Lei, Luo, Yau and Gu, 2018).</p>
${shown(mi('N'), '<mo>≤</mo>', product, C('<mo rspace="0">min</mo>', open, w(mn(0)), comma, dots, comma, w(before), close, comma, w(i)))}
<p>The sharper one: on a piece of the plane no layer sees more than two dimensions (Montúfar, SampTA 2017).</p>
</div>`;
