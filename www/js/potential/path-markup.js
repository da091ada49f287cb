// The part's skeleton, its words and its formula.

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const tick = (name, text, more = '') => `<label${more}><input type="checkbox" name="${name}" checked><span>${text}</span></label>`;

/** By name in the scenario: what a button says, and what a sentence calls it. */
export const SHAPES = {
  crescent: ['Crescent', 'a crescent'], star: ['Star', 'a star'], two: ['Two disks', 'two disks'], ring: ['Ring', 'a ring'],
  seahorse: ['Seahorse', 'a seahorse'], heart: ['Heart', 'a heart'], scene: ['The scene', 'the scene’s target'],
};
export const SOURCES = { disk: 'disk', square: 'square' };
export const SPEEDS = [0.25, 0.5, 1, 2];
export const TURNS = { once: 'once', loop: 'again and again', swing: 'there and back' };

const option = (value, text, chosen) => `<option value="${value}"${chosen ? ' selected' : ''}>${text}</option>`;

export const SECTION = `
<div class="journey">
<div class="path-stage">
  <div class="figure-box" id="path-box">
    <canvas id="path-figure" data-testid="path-figure" aria-hidden="true" width="720" height="720"></canvas>
    <div class="proxies" id="path-marks" role="application" aria-label="Points with a trail" aria-describedby="path-keys"></div>
    <p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> move, <kbd>Page ↑↓</kbd> next, <kbd>N</kbd> new, <kbd>Delete</kbd></p>
    <p class="badge" id="path-badge" hidden></p>
  </div>
  <div class="transport-bar">
    <button type="button" class="icon-button primary" id="path-play" aria-label="Play the path" aria-pressed="false">${icon('play')}</button>
    <label class="t-slider"><span class="symbol">t</span><input type="range" id="path-t" min="0" max="1" step="0.005" value="0" aria-label="Time t of the path, from 0, the source, to 1, the shape"><output aria-live="off" id="path-t-out" for="path-t">0.00</output></label>
    <label class="path-choice"><span class="hidden-text">Speed</span><select id="path-speed" title="Speed">${SPEEDS.map((v) => option(v, `${String(v).replace('0.25', '¼').replace('0.5', '½')} ×`, v === 1)).join('')}</select></label>
    <label class="path-choice"><span class="hidden-text">Play</span><select id="path-turn" title="How often">${Object.entries(TURNS).map(([v, text]) => option(v, text)).join('')}</select></label>
  </div>
  <p class="hidden-text" id="path-keys">Click or tap the figure to add a point with a trail; click the point to take it away. By keys: Tab enters the points, arrow keys move one in the source, with Shift further, Page Up and Page Down go to the previous and next, N adds one, Delete takes it away.</p>
</div>
<div class="path-side">
  <div class="presets path-shapes" id="path-shapes" role="radiogroup" aria-label="Shape">${Object.entries(SHAPES).map(([key, [name]]) => `<button type="button" class="preset" role="radio" aria-checked="false" tabindex="-1" data-shape="${key}"><canvas width="1" height="1" aria-hidden="true"></canvas><span>${name}</span></button>`).join('')}</div>
  <div class="controls">
    <div class="row"><label for="path-source">Source</label><select id="path-source">${option('disk', 'Disk')}${option('square', 'Square')}</select><span></span></div>
    <div class="row"><label for="path-count">Points</label><input type="range" id="path-count" min="0" max="1000" value="500"><output aria-live="off" for="path-count" id="path-count-out" class="num">–</output></div>
    <div class="row"><label for="path-trails">Trails</label><input type="range" id="path-trails" min="0" max="32" step="1" value="8"><output aria-live="off" for="path-trails" id="path-trails-out" class="num">8</output></div>
  </div>
  <fieldset class="views" id="path-views">
    <legend class="hidden-text">Show</legend>
    ${tick('folds', 'Folds', ' class="key-singular"')}${tick('trails', 'Trails')}${tick('outline', 'Source and shape')}
  </fieldset>
  <section class="certificate path-certificate" aria-labelledby="path-numbers-title">
    <header><h2 id="path-numbers-title">This path</h2><p class="stopped"><span id="path-stopped" data-state="open">–</span></p></header>
    <dl id="path-numbers"></dl>
    <div class="row path-beyond"><label for="path-far" id="path-far-label"><button type="button" class="hint" data-hint="Share of the mass that travels further than this distance, exactly: of each cell, the part outside the circle about its site. Distances are in units of W₂, the root mean square of all.">Further than</button></label><input type="range" id="path-far" min="0" max="24" step="1" value="8" aria-labelledby="path-far-label"><output aria-live="off" for="path-far" id="path-far-out" class="num">–</output></div>
  </section>
  <section class="path-export" aria-labelledby="path-export-title">
    <h2 id="path-export-title">Take it away</h2>
    <div class="exports"><button type="button" id="path-png" data-film="png">Animated PNG</button><button type="button" id="path-webm" data-film="webm">WebM</button></div>
    <p class="fine" id="path-film-note"></p>
    <div class="path-film" id="path-film" hidden><progress id="path-film-progress" max="1" value="0" aria-label="How far the export is"></progress><button type="button" id="path-film-cancel">Cancel</button></div>
  </section>
</div>
</div>`;

const x = '<mi>x</mi>';
const t = '<mi>t</mi>';
const rest = '<mo stretchy="false">(</mo><mn>1</mn><mo>−</mo><mi>t</mi><mo stretchy="false">)</mo>';
const math = (...parts) => `<math><mrow>${parts.join('')}</mrow></math>`;
const mu = (k) => `<msub><mi>μ</mi>${k}</msub>`;
const at = (f, v) => `${f}<mo>⁡</mo><mo stretchy="false">(</mo>${v}<mo stretchy="false">)</mo>`;
const w2 = '<msub><mi>W</mi><mn>2</mn></msub>';

export const PROSE = `
<p>Every point goes to its image along a straight line, at constant speed. This is McCann’s displacement interpolation (Adv. Math. 128, 1997), the shortest way from the source to the shape among all measures: at time ${math(t)} it is exactly ${math(t, w2)} from where it began.</p>
<p>A convex source can become a shape that is not convex only by tearing. The potential ${math('<mi>u</mi>')} is continuous and its gradient is not: along the ridges of ${math('<mi>u</mi>')}, the <span class="singular">singular set</span>, neighbours part and a slit opens. It happens where the target has two parts, as in the paper’s Fig. 9, and where it has one that is not convex, as in Fig. 10. Fig. 11 shows a solid ball on its way.</p>
<p>The checks are painted on the source and travel with it. The exact map sends each cell to one point; between neighbours the picture goes on linearly, and across the folds it does not. Both sides of every slit are drawn, from the line where they begin to where they end.</p>
<div class="formulas">
<math display="block"><mrow><msub>${x}${t}</msub><mo>=</mo>${rest}${x}<mo>+</mo>${t}<mo rspace="0">∇</mo>${at('<mi>u</mi>', x)}</mrow></math>
<p>The way of a point: figures 9 to 11 of the paper.</p>
<math display="block"><mrow>${at(w2, `${mu('<mn>0</mn>')}<mo>,</mo>${mu(t)}`)}<mo>=</mo>${t}<mspace width="0.2em"/>${at(w2, `${mu('<mn>0</mn>')}<mo>,</mo>${mu('<mn>1</mn>')}`)}</mrow></math>
<p>Constant speed: half the time, half the distance.</p>
</div>`;
