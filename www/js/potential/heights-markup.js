// The words, formulas and skeleton of the part where heights are moved.

const mi = (t) => `<mi>${t}</mi>`;
const mo = (t) => `<mo stretchy="false">${t}</mo>`;
const sub = (a, b) => `<msub>${a}${b}</msub>`;
const row = (...parts) => `<mrow>${parts.join('')}</mrow>`;
const shown = (...parts) => `<math display="block">${row(...parts)}</math>`;
const inline = (...parts) => `<math>${row(...parts)}</math>`;
const at = (name, i = 'i') => sub(mi(name), mi(i));
const equals = '<mo>=</mo>';
const minus = '<mo>−</mo>';
const bar = (x) => `${mo('|')}${x}${mo('|')}`;
const energy = `${mi('E')}<mo>⁡</mo>${mo('(')}${mi('h')}${mo(')')}`;
const sum = `<munder><mo movablelimits="false">∑</mo>${mi('i')}</munder>`;
const partial = (order, ...below) => `<mfrac>${row(order === 1 ? mi('∂') : `<msup>${mi('∂')}<mn>2</mn></msup>`, mi('E'))}${row(...below.map((x) => `${mi('∂')}${x}`))}</mfrac>`;

export const prose = `
<p>Raise plane ${inline(mi('i'))} and its facet grows at the cost of those around it: cell ${inline(mi('i'))} gains mass, its neighbours lose it. The heights for which every cell has its mass are the minimum of one convex function ${inline(mi('E'))}, whose gradient is what the bars show and whose Hessian is a weighted graph between neighbouring sites (Lei et al., Engineering 6, 2020, section 3, theorem of Gu, Luo, Sun and Yau).</p>
<p>By hand each move mends one cell and spoils its neighbours. Newton’s method solves for all at once with that graph, and halves its step where a cell would vanish; near the end the residual is squared at each step (Kitagawa, Mérigot and Thibert, J. Eur. Math. Soc. 21, 2019). Gradient descent sees no neighbours, L-BFGS learns them from its last steps, and Adam counts samples, as the paper’s authors do in many dimensions.</p>
<div class="formulas">
${shown(energy, equals, '<mo>∫</mo>', sub(mi('u'), mi('h')), '<mspace width="0.2em"/>', mi('d'), mi('μ'), minus, sum, at('ν'), at('h'))}
${shown(partial(1, at('h')), equals, at('w'), minus, at('ν'))}
<p>Its gradient: the mass of the cell less the mass of the site.</p>
${shown(partial(2, at('h'), at('h', 'j')), equals, minus, `<mfrac>${row(mi('μ'), mo('('), at('W'), '<mo>∩</mo>', at('W', 'j'), mo(')'))}${row(bar(`${at('y')}${minus}${at('y', 'j')}`))}</mfrac>`, '<mspace width="1em"/>', mo('('), mi('i'), '<mo>≠</mo>', mi('j'), mo(')'))}
<p>Its Hessian: the measure of the facet between two cells over the distance of their sites.</p>
</div>`;

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
/** First and last, back and forward: drawn here, since no other scene has them. */
const arrow = (d) => `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${d}"/></svg>`;
const FIRST = 'M3 3h2v10H3zM13 3v10L6 8z';
const BACK = 'M12 3v10L4.5 8z';
const FORWARD = 'M4 3v10l7.5-5z';
const LAST = 'M11 3h2v10h-2zM3 3v10l7-5z';

const number = (key, name, hint) => `<dt><button type="button" class="hint" data-hint="${hint}">${name}</button></dt><dd><span data-number="${key}">–</span></dd>`;

export const SKELETON = `
<div class="ht-bar">
  <fieldset class="ht-who"><legend class="hidden-text">Who moves the planes</legend>
    <label><input type="radio" name="ht-who" value="hand"><span>By hand</span></label><label><input type="radio" name="ht-who" value="solver"><span>By a solver</span></label>
  </fieldset>
  <label><span>Start</span><select id="ht-from"><option value="homothetic">every cell has mass</option><option value="zero">all heights 0</option><option value="solved">solved</option></select></label>
  <label class="ht-solver-only"><span>Solver</span><select id="ht-solver"><option value="newton">Newton, damped</option><option value="gradient">Gradient descent</option><option value="lbfgs">L-BFGS</option><option value="adam">Monte Carlo Adam</option></select></label>
  <div class="transport-bar ht-hand-only" role="group" aria-label="Moves">
    <button type="button" id="ht-undo">${icon('undo')}<span>Undo move</span></button>
    <button type="button" id="ht-reset">Reset</button>
    <button type="button" id="ht-finish">Let Newton finish</button>
    <span class="fine" id="ht-moves" data-number="moves">–</span>
  </div>
  <div class="transport-bar ht-solver-only" role="group" aria-label="Steps">
    <button type="button" class="icon-button" id="ht-first" aria-label="First step" title="First step">${arrow(FIRST)}</button>
    <button type="button" class="icon-button" id="ht-back" aria-label="One step back" title="One step back">${arrow(BACK)}</button>
    <button type="button" class="icon-button primary" id="ht-play" aria-label="Play the steps" aria-pressed="false">${icon('play')}</button>
    <button type="button" class="icon-button" id="ht-forward" aria-label="One step forward" title="One step forward">${arrow(FORWARD)}</button>
    <button type="button" class="icon-button" id="ht-last" aria-label="Last step" title="Last step">${arrow(LAST)}</button>
    <label class="t-slider ht-scrub"><span class="hidden-text">Step</span><input type="range" id="ht-scrub" min="0" max="0" step="1" value="0" aria-label="Step"><output aria-live="off" for="ht-scrub" id="ht-step">–</output></label>
    <label class="ht-speed"><span>Speed</span><select id="ht-speed"><option value="1">1 step/s</option><option value="2" selected>2 steps/s</option><option value="5">5 steps/s</option><option value="15">15 steps/s</option><option value="60">60 steps/s</option></select></label>
  </div>
</div>
<div class="ht-body">
  <figure class="ht-figure">
    <div class="figure-box ht-cells" id="ht-cells-box"><canvas id="ht-cells" role="img" aria-label="The cells"></canvas></div>
    <figcaption class="ht-caption"><span class="ht-hand-only">Drag a cell up or down to move its plane.</span><span class="ht-solver-only ht-legend" id="ht-legend"></span></figcaption>
  </figure>
  <figure class="ht-figure">
    <div class="figure-box ht-solid"><canvas id="ht-solid" role="img" aria-label="The graph of u"></canvas><div class="ht-solid-keys" id="ht-solid-keys" tabindex="0" role="application" aria-label="Turn the graph: arrow keys; plus and minus magnify; 0 is the first view"></div></div>
    <figcaption class="ht-caption"><span>The graph of u. Drag to turn it.</span></figcaption>
  </figure>
  <div class="ht-strips" id="ht-strips"></div>
  <div class="ht-side">
    <section class="ht-plane" aria-labelledby="ht-plane-name">
      <h2 id="ht-plane-name">No plane chosen</h2>
      <div class="ht-lift ht-hand-only">
        <button type="button" class="icon-button" id="ht-lower" aria-label="Lower this plane" title="Lower this plane">−</button>
        <input type="range" id="ht-slider" min="-100" max="100" step="1" value="0" aria-label="Height of this plane, from the start">
        <button type="button" class="icon-button" id="ht-raise" aria-label="Raise this plane" title="Raise this plane">+</button>
      </div>
      <dl class="ht-numbers">
        ${number('height', 'Height hᵢ', 'The plane over x is ⟨x, yᵢ⟩ + hᵢ. Heights are counted so that their sum is 0; the unit is that of the coordinates, squared.')}
        ${number('cell', 'Cell mass wᵢ', 'The share of the source’s mass that lies in this plane’s cell.')}
        ${number('target', 'Target mass νᵢ', 'The mass asked of this site.')}
      </dl>
      <p class="fine ht-told" id="ht-told" role="status"></p>
    </section>
    <section class="ht-score" aria-labelledby="ht-score-name">
      <h2 id="ht-score-name"><span class="ht-hand-only">Your score</span><span class="ht-solver-only" id="ht-at">Step 0</span></h2>
      <dl class="ht-numbers">
        ${number('residual', 'Residual', 'The largest relative error of a cell’s mass, max |wᵢ − νᵢ| / νᵢ. 0 is perfect; the page’s solver stops below 10⁻⁹.')}
        <dt class="ht-hand-only"><button type="button" class="hint" data-hint="The least residual of your moves since the last reset.">Best so far</button></dt><dd class="ht-hand-only"><span data-number="best">–</span></dd>
        <dt class="ht-solver-only"><button type="button" class="hint" data-hint="What the direction was multiplied with to reach this state. Newton and L-BFGS: a factor τ, 1 is the full step. Gradient descent: height for mass. Adam: its rate, a height.">Step length</button></dt><dd class="ht-solver-only"><span data-number="tau">–</span></dd>
        ${number('energy', 'Energy E(h)', 'The convex function that is minimised: ∫ u dμ − Σ νᵢ hᵢ, for points and heights in the scene’s own coordinates.')}
        ${number('above', 'Above the minimum', 'E(h) less the least energy, that of the solved heights. The arrow says whether the last move went down or up.')}
        ${number('empty', 'Empty cells', 'Planes that are nowhere on top: their sites get no mass.')}
      </dl>
      <svg class="ht-trace ht-hand-only" id="ht-trace" role="img" aria-label="Residual and energy by move: not drawn yet"></svg>
      <div class="ht-tries ht-solver-only" id="ht-tries"></div>
    </section>
  </div>
</div>
<section class="ht-compare ht-solver-only" aria-labelledby="ht-compare-name">
  <figure class="ht-curves">
    <figcaption><h2 id="ht-compare-name">All four from the same start</h2><button type="button" id="ht-all">Run all four</button></figcaption>
    <svg id="ht-curves" role="img" aria-label="Residual by step: not drawn yet" tabindex="0" aria-describedby="ht-readout"></svg>
    <p class="fine" id="ht-readout"></p>
  </figure>
  <div class="ht-fall">
    <h2>How the residual falls</h2>
    <table><thead><tr><th scope="col">Step</th><th scope="col"><button type="button" class="hint" data-hint="max |wᵢ − νᵢ| / νᵢ after this step.">Residual r</button></th><th scope="col"><button type="button" class="hint" data-hint="This residual over the square of the one before. Where it stays of one size while residuals fall, they fall quadratically: each step doubles the right digits.">r / (r before)²</button></th></tr></thead><tbody id="ht-rows"></tbody></table>
    <p class="fine" id="ht-fall-words"></p>
  </div>
</section>`;
