// The scene's part of the page. It is made when the scene is first opened, so that the first scene
// does not carry it.

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;

export const SECTION = `
<div class="cov-intro">
  <h1 class="lead" id="coverage-lead">Press play: networks lose modes or fill the gaps; the transport map does neither.</h1>
  <details class="why">
    <summary>Why does it?</summary>
    <p>All panels have the same target: <span class="real">real</span> samples, in groups called modes. A GAN learns a generator, a network that carries noise z to the plane, against a second network, the discriminator, that tells real from <span class="generated">generated</span>. A network is continuous, and the image of a connected noise is connected: to reach separate modes it must leave samples on the way between them, or leave modes out. PacGAN shows the discriminator several points at once, so that a lost mode is noticed. AE-OT computes the optimal transport map to the real samples instead, which jumps where it has to: switch on the grid and see where each map carries one.</p>
  </details>
</div>
<div class="transport-bar cov-bar" role="group" aria-label="Training">
  <button type="button" class="icon-button primary" id="cov-play" aria-label="Train" aria-pressed="false">${icon('play')}</button>
  <button type="button" id="cov-step" title="One step of every GAN: updates of the discriminator, then one of the generator">Step</button>
  <button type="button" id="cov-d" title="One update of the discriminator alone" aria-label="One update of the discriminator alone">D</button>
  <button type="button" id="cov-g" title="One update of the generator alone" aria-label="One update of the generator alone">G</button>
  <button type="button" id="cov-reset">Reset</button>
  <label class="cov-speed"><span>Speed</span><select id="cov-speed"><option value="">fastest</option><option value="200">200 steps/s</option><option value="50">50 steps/s</option><option value="10">10 steps/s</option><option value="1">1 step/s</option></select></label>
  <span class="gap"></span>
  <label class="cov-target"><span>Target</span><select id="cov-target"><option value="grid">Grid</option><option value="ring">Ring</option><option value="clusters">Two clusters</option><option value="spiral">Spiral</option><option value="own">Your own</option></select></label>
  <span class="seed"><label class="hidden-text" for="cov-seed">Seed</label><input type="number" id="cov-seed" min="0" max="4294967295" step="1" title="Seed"><button type="button" class="icon-button" id="cov-dice" aria-label="Another seed" title="Another seed">${icon('dice')}</button></span>
  <button type="button" class="icon-button" id="cov-undo" aria-label="Undo" title="Undo (Ctrl Z)" disabled>${icon('undo')}</button>
  <button type="button" class="icon-button" id="cov-redo" aria-label="Redo" title="Redo (Shift Ctrl Z)" disabled>${icon('redo')}</button>
</div>
<section class="cov-recorded" id="cov-recorded" aria-label="Recorded runs" hidden></section>
<div class="cov-row" id="cov-row"></div>
<p class="hidden-text" id="coverage-keys">Tab enters the modes. Arrow keys move the mode, with Shift in larger steps. Page Up and Page Down go to the previous and next mode. Plus and minus change its mass, N adds a mode beside it, Delete removes it, Escape lets go.</p>
<div class="cov-settings">
  <fieldset class="views" id="cov-views">
    <legend class="hidden-text">Show</legend>
    <label><input type="checkbox" name="field"><span>Discriminator</span></label>
    <label><input type="checkbox" name="grid"><span>Image of a grid</span></label>
    <label><input type="checkbox" name="arrows"><span>Generator’s pull</span></label>
    <label><input type="checkbox" name="wasserstein"><span>Wasserstein panel</span></label>
  </fieldset>
  <label><span>PacGAN sees</span><select id="cov-packing"><option value="2">2 points</option><option value="3">3 points</option><option value="4">4 points</option></select></label>
  <label><span>Loss</span><select id="cov-loss"><option value="nonSaturating">non-saturating</option><option value="leastSquares">least squares</option></select></label>
  <label><span>Noise</span><select id="cov-law"><option value="usual">each its usual</option><option value="normal">Gaussian for all</option><option value="uniform">uniform for all</option></select></label>
  <label><span>Networks</span><select id="cov-architecture"><option value="page">small, 2 × 128</option><option value="paper">PacGAN’s own</option></select></label>
  <label><span>Rest after</span><select id="cov-goal"><option value="2000">2,000 steps</option><option value="5000">5,000 steps</option><option value="20000">20,000 steps</option><option value="100000">100,000 steps</option></select></label>
  <button type="button" id="cov-record" title="GAN and PacGAN with PacGAN’s own networks at full length, trained elsewhere">Recorded full runs</button>
</div>
<div class="cov-numbers">
  <div class="cov-table" tabindex="0" role="region" aria-label="Scores of the generators">
    <table role="table">
      <thead><tr role="row"><th scope="col" role="columnheader">Generator</th>
        <th scope="col" role="columnheader"><button type="button" class="hint" data-hint="A mode is captured when at least one high-quality sample is nearest to it.">Modes captured</button></th>
        <th scope="col" role="columnheader"><button type="button" class="hint" data-hint="Share of the samples within three standard deviations of their nearest mode.">High quality</button></th>
        <th scope="col" role="columnheader"><button type="button" class="hint" data-hint="Kullback–Leibler divergence, in nats, of the histogram of all samples over their nearest modes from the true weights. 0 is perfect.">Reverse KL</button></th>
        <th scope="col" role="columnheader" class="r">Steps</th><th scope="col" role="columnheader" class="r">Time</th><th scope="col" role="columnheader" class="r">Steps/s</th>
        <th scope="col" role="columnheader"><button type="button" class="hint" data-hint="What each map starts from. Under Noise all can be given the same.">Starts from</button></th></tr></thead>
      <tbody id="cov-scores"></tbody>
    </table>
  </div>
  <p class="fine" id="cov-floor"></p>
  <div class="cov-curves" id="cov-curves"></div>
</div>
<section id="critic"></section>`;
