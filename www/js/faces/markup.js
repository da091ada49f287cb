// The scene's part of the page. It is made when the scene is first opened, so that the first scene
// does not carry it.

import { MAPS, PARTS, SETS } from './settings.js';

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const options = (list) => Object.entries(list).map(([value, { name, data }]) => `<option value="${value}">${data ? `${name}: ${data}` : name}</option>`).join('');

const tab = ([key, { name }]) => `<button type="button" role="tab" id="faces-tab-${key}" data-part="${key}" aria-controls="faces-part-${key}" aria-selected="false" tabindex="-1">${name}</button>`;
const panel = (key) => `<div class="faces-part" role="tabpanel" id="faces-part-${key}" data-part="${key}" aria-labelledby="faces-tab-${key}" hidden></div>`;

export const SECTION = `
<div class="faces-intro">
  <h1 class="lead" id="faces-lead"><span></span> <span></span></h1>
  <details class="why">
    <summary>Why does it?</summary>
    <p>An autoencoder writes each training picture as a code, a point of a cube with <span data-faces="dimension">some sixty</span> dimensions. What is left to learn is where in the cube codes lie, and that is a transport: from the uniform measure <math><mi>μ</mi></math> to the codes <math><msub><mi>y</mi><mi>i</mi></msub></math>, by <math><mrow><mi>T</mi><mo>=</mo><mo>∇</mo><mspace width="0.1em"/><munder><mo movablelimits="false">max</mo><mi>i</mi></munder><mo>(</mo><mo stretchy="false">⟨</mo><mi>x</mi><mo>,</mo><msub><mi>y</mi><mi>i</mi></msub><mo stretchy="false">⟩</mo><mo>+</mo><msub><mi>h</mi><mi>i</mi></msub><mo>)</mo></mrow></math>. It would only return stored codes; so the map is made continuous over the borders of cells, where it mixes the codes of the cells that meet, and left torn where the jump is large. A new picture is a random point of the cube, carried and decoded. Codes between modes are never drawn; a Gaussian fitted to the codes draws them.</p>
  </details>
</div>
<label class="faces-set"><span>Pictures</span><select id="faces-set">${options(SETS)}</select></label>
<p class="faces-terms" id="faces-terms">–</p>
<div class="faces-loading" id="faces-loading" data-state="idle">
  <img id="faces-strip" width="768" height="64" alt="">
  <div class="faces-wait">
    <p id="faces-wait-text" role="status">–</p>
    <progress id="faces-progress" aria-label="Bytes loaded"></progress>
    <button type="button" class="primary" id="faces-retry" hidden>Try again</button>
  </div>
</div>
<div class="faces-live" id="faces-live-parts" hidden>
  <div class="faces-tabs" role="tablist" aria-label="Parts of the scene">${Object.entries(PARTS).map(tab).join('')}</div>
  <div class="transport-bar faces-bar">
    <span class="seed"><label for="faces-seed">Seed</label><input type="number" id="faces-seed" min="0" max="4294967295" step="1" value="0"><button type="button" id="faces-dice">${icon('dice')}<span>Draw again</span></button></span>
    <span class="fine" id="faces-grid-words"></span>
    <span class="gap"></span>
    <button type="button" class="hint path" id="faces-path" data-hint="What decodes: burn, compiled to WebAssembly, on one thread of the processor. ?backend=ndarray in the address takes its other backend, which is slower and there to be compared with.">–</button>
  </div>
  <div class="faces-controls" id="faces-controls">
    <label class="faces-map-choice"><span>Map</span><select id="faces-map">${options(MAPS)}</select></label>
    <label class="faces-threshold"><span>Threshold</span><input type="range" id="faces-threshold" min="0" max="99" step="1" value="75" aria-describedby="faces-threshold-note"><output aria-live="off" for="faces-threshold" id="faces-threshold-out" class="num">–</output></label>
    <button type="button" id="faces-threshold-shipped">As shipped</button>
    <p class="fine faces-lines-2" id="faces-threshold-note">–</p>
  </div>
  ${Object.keys(PARTS).map(panel).join('')}
  <section class="certificate" id="faces-certificate" aria-label="Certificate of the map to codes">
    <header><h2>Certificate</h2><p class="stopped"><span id="faces-heights" data-state="done">Shipped heights</span></p></header>
    <dl id="faces-numbers"></dl>
  </section>
</div>
<p class="notice faces-notice" id="faces-notice" role="alert" hidden><span></span><button type="button" class="plain">Close</button></p>
<p class="hidden-text" id="faces-live" role="status" aria-live="polite"></p>`;

export const PROSE = `
<h2>What you are looking at</h2>
<p>The model is AE-OT, in its two steps. First an autoencoder learns to write a picture as a code and to draw it again from the code. Then the transport map <math><mrow><mi>T</mi><mo>=</mo><mo>∇</mo><msub><mi>u</mi><mi>h</mi></msub></mrow></math> is solved from the uniform measure on the cube <math><msup><mrow><mo stretchy="false">[</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo stretchy="false">]</mo></mrow><mi>d</mi></msup></math> to the codes, exactly as in the plane, except that cells in so many dimensions can only be sampled. The residual in the certificate says how well that was done, and from which samples.</p>
<h3>The extended map</h3>
<p><math><mrow><mo>∇</mo><msub><mi>u</mi><mi>h</mi></msub></mrow></math> is constant on a cell: it returns stored codes and nothing else. The map shown here is the gradient of a smoothed potential. Near a border it mixes the codes <math><msub><mi>y</mi><mi>i</mi></msub></math> of the cells that meet there,</p>
<div class="formulas"><math display="block"><mrow><mover><mi>T</mi><mo>~</mo></mover><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo><mo>=</mo><munder><mo>∑</mo><mi>i</mi></munder><msub><mi>λ</mi><mi>i</mi></msub><msub><mi>y</mi><mi>i</mi></msub><mo>,</mo><mspace width="1em"/><msub><mi>λ</mi><mi>i</mi></msub><mo>≥</mo><mn>0</mn><mo>,</mo><mspace width="0.6em"/><munder><mo>∑</mo><mi>i</mi></munder><msub><mi>λ</mi><mi>i</mi></msub><mo>=</mo><mn>1</mn></mrow></math></div>
<p>in a strip as wide as a fixed share of the jump, and it leaves out every cell across a border where the jump <math><mrow><mo stretchy="false">|</mo><msub><mi>y</mi><mi>i</mi></msub><mo>−</mo><msub><mi>y</mi><mi>j</mi></msub><mo stretchy="false">|</mo></mrow></math> is above the threshold. There it tears. Without the threshold it would be the continuous map that a network has to learn, and what falls into the strips between modes would belong to none.</p>
<h3>The threshold</h3>
<p>The paper calls a border singular where the angle between the normals of its two planes is above <math><mrow><mi>θ</mi><mo>=</mo><mn>0.75</mn></mrow></math>. That angle changes with the scale of the codes. So the threshold is chosen here as a quantile of the jumps measured at random points, with the angle beside it; codes are scaled about their mean to a root mean square of one for it.</p>
<h3>These pictures</h3>
<p>They were generated, by a small decoder trained within hours on two processor cores; none is a photograph, and a resemblance to a person is chance, or a stored code whose largest λ is near one. The faces were learned from CelebA, which is for non-commercial research; so are they. The digits and clothes were learned from MNIST and Fashion-MNIST.</p>`;
