// The part's place, and what it says.

const HINTS = {
  graph: 'The length of ∇u, which on the cell of a point is the point’s distance from the origin: pale where it is least, dark where it is greatest.',
  dual: 'The length of ∇u*, which on a triangle is the distance from the origin of the place in Ω where its three cells meet. Triangles whose planes meet outside Ω stand open; pale vermilion ones lie across the singular set.',
};
const view = (key, name, about) => `
<figure class="pot-view" data-view="${key}">
  <figcaption><b>${name}</b> <span class="fine">${about}</span></figcaption>
  <div class="figure-box" id="potential-box-${key}"><canvas id="potential-${key}" data-testid="potential-${key}" aria-hidden="true"></canvas>${key === 'cells'
    ? '<div class="proxies" role="application" aria-label="Points in the figure" aria-describedby="potential-cells-help"></div>'
    : `${key === 'graph' ? '<p class="pot-turn" aria-hidden="true"><span class="if-mouse">Drag to turn, Ctrl and wheel to magnify</span><span class="if-touch">Drag sideways to turn, pinch to magnify</span></p>' : ''}<div class="pot-keys" id="potential-keys-${key}" tabindex="0" role="application" aria-roledescription="solid" aria-label="${name}" aria-describedby="potential-keys-help"></div><p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> turn, <kbd>+</kbd> <kbd>−</kbd> size, <kbd>0</kbd> reset, <kbd>Page ↑↓</kbd> next cell</p>`}</div>
  <p class="fine pot-legend" data-legend="${key}"><span class="pot-facts">–</span>${key === 'cells' ? '' : '<span><span class="pot-ramp" aria-hidden="true"></span> <button type="button" class="hint pot-slopes" data-hint="${HINTS[key]}">–</button></span><button type="button" class="hint pot-height" data-hint="Heights are drawn at this share of the plane’s scale, so that the solid is half as high as it is wide.">–</button>'}</p>
</figure>`;

export const HTML = `
<div class="pot-switch" role="group" aria-label="Which solid"><button type="button" data-solid="graph" aria-pressed="true">Potential</button><button type="button" data-solid="dual" aria-pressed="false">Dual</button></div>
<div class="pot-views" id="potential-views" data-solid="graph">
${view('cells', 'Source and target', 'Ω in cells Wᵢ, and the points yᵢ')}
${view('graph', 'Potential u', 'over the source Ω')}
${view('dual', 'Dual u*', 'over the target’s points')}
</div>
<p class="hidden-text" id="potential-cells-help">Tab enters the points. Arrow keys move the point, with Shift in larger steps. Page Up and Page Down go to the previous and next point. Plus and minus change its mass, N adds a point beside it, Delete removes it, Escape lets go.</p>
<p class="hidden-text" id="potential-keys-help">Arrow keys turn both solids, with Shift in larger steps. Plus and minus change their size, 0 resets the view. Page Up and Page Down choose the previous and next cell, Escape lets it go.</p>
<div class="pot-tools">
  <fieldset class="views" id="potential-show"><legend class="hidden-text">Show</legend>
    <label><input type="checkbox" name="project"><span>Projection</span></label>
    <label class="key-singular"><input type="checkbox" name="singular"><span>Singular set</span></label>
  </fieldset>
  <span class="gap"></span>
  <span class="pot-zoom" role="group" aria-label="View"><button type="button" class="icon-button" data-eye="out" aria-label="Smaller" title="Smaller">−</button><button type="button" class="icon-button" data-eye="in" aria-label="Larger" title="Larger">+</button><button type="button" data-eye="above" title="Seen from straight above">From above</button><button type="button" data-eye="home">Reset view</button></span>
</div>
<section class="pot-readout" id="potential-readout" aria-label="The cell that is lit"></section>
<details class="more pot-more"><summary>Take away</summary><div class="exports pot-exports">
  <button type="button" data-take="graph-png">Potential, PNG</button><button type="button" data-take="graph-svg">Potential, SVG</button><button type="button" data-take="dual-png">Dual, PNG</button><button type="button" data-take="dual-svg">Dual, SVG</button>
</div></details>`;

const i = (base, index) => `<msub><mi>${base}</mi><mi>${index}</mi></msub>`;
const pair = (a, b) => `<mo stretchy="false">⟨</mo>${a}<mo>,</mo>${b}<mo stretchy="false">⟩</mo>`;

export const prose = `
<p>The potential <math><mi>u</mi></math> is the upper envelope of one plane for each point: the plane’s slope is the point <math>${i('y', 'i')}</math>, its height <math>${i('h', 'i')}</math> is what the solver finds. Where plane <math><mi>i</mi></math> is on top is the cell <math>${i('W', 'i')}</math>, so the facets of this convex polyhedron project to the cells, and its slope is the map.</p>
<p>The dual <math><msup><mi>u</mi><mo>*</mo></msup></math> is the lower convex hull of the points lifted to <math><mrow><mo>−</mo>${i('h', 'i')}</mrow></math>: it projects to the weighted Delaunay triangulation. A facet there is a vertex here, and the other way round. Where the slope jumps far, <math><mi>u</mi></math> has a <span class="singular">ridge</span>, and the triangles across it are torn.</p>
<div class="formulas">
<math display="block"><mrow><mi>u</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo><mo>=</mo><munder><mo movablelimits="false">max</mo><mi>i</mi></munder><mo stretchy="false">(</mo>${pair('<mi>x</mi>', i('y', 'i'))}<mo>+</mo>${i('h', 'i')}<mo stretchy="false">)</mo><mo>,</mo><mspace width="0.8em"/><mi>T</mi><mo>=</mo><mo>∇</mo><mi>u</mi></mrow></math>
<p>The paper’s section 3. Brenier’s theorem: for the squared distance the cheapest map is the gradient of a convex function. Alexandrov’s: for masses that sum to one there is such a polyhedron whose cells have them, unique up to a constant.</p>
<math display="block"><mrow><msup><mi>u</mi><mo>*</mo></msup><mo stretchy="false">(</mo><mi>y</mi><mo stretchy="false">)</mo><mo>=</mo><munder><mo movablelimits="false">max</mo><mi>x</mi></munder><mo stretchy="false">(</mo>${pair('<mi>x</mi>', '<mi>y</mi>')}<mo>−</mo><mi>u</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo><mo stretchy="false">)</mo></mrow></math>
<p>Its Legendre dual. Source and target, each under its polyhedron, are the paper’s figures 9 and 10.</p>
</div>`;
