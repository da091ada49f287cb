// The scene's own part of the page. It is made when the scene is first opened, so that the first
// scene does not carry it.

import { DEVICES, HINT, NAME } from '../monte-carlo/device.js';

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;

export const SECTION = `
<div class="intro">
  <h1 class="lead" id="space-lead"><span>Press play: <span data-space="source">a solid ball</span></span> <span id="space-becomes">becomes a rabbit.</span></h1>
  <details class="why">
    <summary>Why does it?</summary>
    <p>Each of the <span data-space="count">1,000</span> target points is to receive its share of the mass that <span data-space="source">a solid ball</span> holds, moved at the least total squared distance. In space as in the plane the optimal plan cuts the source into convex cells, one for each point, and all of a cell’s mass goes to its point: the cells are what you see coloured. On their way samples stand at <math><mrow><msub><mi>x</mi><mi>t</mi></msub><mo>=</mo><mo stretchy="false">(</mo><mn>1</mn><mo>−</mo><mi>t</mi><mo stretchy="false">)</mo><mi>x</mi><mo>+</mo><mi>t</mi><mo>∇</mo><mi>u</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow></math>, McCann’s displacement interpolation, as in figure 11 of the paper, where a solid ball is carried to another solid. Where the target is not convex, the map has to tear: choose the two balls, show the singular set, and play.</p>
  </details>
</div>
<div class="stage">
  <div class="figure-box" id="space-box">
    <canvas id="space-figure" data-testid="space-figure" aria-hidden="true" width="800" height="800"></canvas>
    <div class="space-keys" id="space-keys" tabindex="0" role="application" aria-roledescription="figure in space" aria-label="Samples of the source, coloured by cell" aria-describedby="space-keys-help"></div>
    <p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> turn, <kbd>Shift</kbd> further, <kbd>+</kbd> <kbd>−</kbd> nearer and farther, <kbd>0</kbd> as at first</p>
    <p class="turn-hint" id="space-turn" aria-hidden="true"><span class="if-mouse">drag to turn, scroll to come nearer</span><span class="if-touch">one finger turns, two come nearer</span></p>
    <p class="badge" id="space-badge" hidden></p>
    <p class="notice" id="space-notice" role="alert" hidden><span></span><button type="button" class="plain">Close</button></p>
  </div>
  <div class="transport-bar">
    <button type="button" class="icon-button primary" id="space-play" aria-label="Play the transport" aria-pressed="false">${icon('play')}</button>
    <label class="t-slider"><span class="symbol">t</span><input type="range" id="space-t" min="0" max="1" step="0.005" value="0" aria-label="Time t of the displacement, from 0 before to 1 after the map"><output aria-live="off" id="space-t-out" for="space-t">0.00</output></label>
    <label class="cut-slider"><span>Cut</span><input type="range" id="space-cut" min="0" max="1" step="0.01" value="0" aria-label="Share of the source that is cut away, from the side you look from"><output aria-live="off" id="space-cut-out" for="space-cut">0 %</output></label>
    <span class="gap"></span>
    <button type="button" class="hint path" id="space-path" data-value="path" data-hint="The path that runs the solver: the graphics card through WebGPU where there is a real one, else the processor. You can choose another path under Run on.">–</button>
  </div>
  <p class="hidden-text" id="space-live" role="status" aria-live="polite"></p>
  <p class="hidden-text" id="space-keys-help">Arrow keys turn the figure, with Shift in larger steps. Plus and minus move nearer and farther, 0 goes back to the first view.</p>
</div>
<div class="side">
  <div class="presets shapes" id="space-shapes" role="radiogroup" aria-label="Shape"></div>
  <div class="controls">
    <div class="row"><label for="space-source">Source</label><select id="space-source"><option value="ball">Solid ball</option><option value="cube">Solid cube</option><option value="gaussian">Gaussian</option></select><span></span></div>
    <div class="row"><label for="space-count">Points</label><input type="range" id="space-count" min="0" max="1000" value="650"><output aria-live="off" for="space-count" id="space-count-out" class="num">–</output></div>
    <div class="row" id="space-text-row" hidden><label for="space-text">Letters</label><input type="text" id="space-text" maxlength="8" autocomplete="off" spellcheck="false"><span></span></div>
    <div class="row lathe-row" id="space-lathe-row" hidden><label id="space-lathe-label">Profile</label><svg id="space-lathe" tabindex="0" role="slider" aria-labelledby="space-lathe-label" aria-describedby="space-lathe-help" aria-valuemin="0" aria-valuemax="63"></svg><p class="fine" id="space-lathe-help">Draw the outline; it is revolved about its axis. Keys: <kbd>↑</kbd> <kbd>↓</kbd> choose a height, <kbd>←</kbd> <kbd>→</kbd> its radius.</p></div>
    <p class="field-error" id="space-error" role="alert" hidden></p>
    <div class="row"><label for="space-seed">Seed</label><span class="seed"><input type="number" id="space-seed" min="0" max="4294967295" step="1" value="0"><button type="button" class="icon-button" id="space-dice" aria-label="Another seed" title="Another seed">${icon('dice')}</button></span><button type="button" class="own" id="space-own">Your points…</button></div>
    <div class="row" id="space-kappa-row" hidden><label for="space-kappa">Threshold κ</label><input type="range" id="space-kappa" min="1" max="10" step="0.1" value="3"><output aria-live="off" for="space-kappa" id="space-kappa-out" class="num">–</output></div>
  </div>
  <fieldset class="views" id="space-views">
    <legend class="hidden-text">Show</legend>
    <label class="key-singular"><input type="checkbox" name="tear"><span>Only the singular set</span></label>
    <label><input type="checkbox" name="sites"><span>Target points</span></label>
  </fieldset>
  <p class="fine" id="space-tear-note" hidden></p>
  <section class="certificate" id="space-certificate" aria-labelledby="space-certificate-title">
    <header><h2 id="space-certificate-title">Solve</h2><p class="stopped"><span data-value="stopped">–</span></p></header>
    <div class="row run space-run">
      <button type="button" class="primary" id="space-solve">Solve</button>
      <button type="button" id="space-step" disabled>Step</button>
      <button type="button" id="space-cancel" disabled>Cancel</button>
      <select id="space-method" aria-label="Method"><option value="adam">Adam</option><option value="lbfgs">L-BFGS</option><option value="hierarchical">Hierarchical</option></select>
    </div>
    <div class="row space-device"><button type="button" class="hint" data-hint="${HINT}">${NAME}</button><select id="space-device" aria-label="${NAME}">${DEVICES.map(([value, text]) => `<option value="${value}">${text}</option>`).join('')}</select><p class="fine" id="space-device-note" role="status"></p></div>
    <p class="fine space-status" id="space-status">–</p>
    <progress id="space-progress" value="0" max="1" aria-label="How far the solve is"></progress>
    <dl id="space-numbers"></dl>
  </section>
  <details class="more" id="space-more">
    <summary>More</summary>
    <div class="more-body"><fieldset><legend>Take away</legend><div class="exports"><button type="button" data-space-export="png">Picture, PNG</button><button type="button" data-space-export="plan" disabled>Plan, JSON</button></div></fieldset></div>
  </details>
</div>`;

export const DIALOG = `
<form method="dialog">
  <h2 id="space-import-title">Your points in space</h2>
  <p class="fine">One point a line: <code>x, y, z</code> or <code>x, y, z, mass</code>. A header is optional. Or JSON: <code>[[x, y, z], …]</code>. You may also drop a file anywhere on the page. They are centred and scaled to stand beside the source.</p>
  <textarea id="space-import-text" rows="10" spellcheck="false" aria-label="Points as CSV or JSON" aria-describedby="space-import-error" placeholder="0.1, 0.2, 0.3&#10;0.4, 0.5, 0.6"></textarea>
  <p class="field-error" id="space-import-error" role="alert" hidden></p>
  <div class="actions"><label class="file-button">Choose a file…<input type="file" id="space-import-file" accept=".csv,.txt,.json,.xyz,text/csv,application/json"></label><span class="gap"></span><button value="close" formnovalidate>Close</button><button type="button" class="primary" id="space-import-use">Use these points</button></div>
</form>`;
