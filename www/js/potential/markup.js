// The scene's part of the page. It is made when the scene is first opened, so that the first scene
// does not carry it.

import { PARTS } from './parts.js';

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const tab = ([key, { name }]) => `<button type="button" role="tab" id="potential-tab-${key}" data-part="${key}" aria-controls="potential-part-${key}" aria-selected="false" tabindex="-1">${name}</button>`;
const panel = (key) => `<div class="pot-part" role="tabpanel" id="potential-part-${key}" data-part="${key}" aria-labelledby="potential-tab-${key}" hidden><div class="pot-place"></div><p class="pot-wait" role="status" hidden></p></div>`;

export const SECTION = `
<h1 class="lead" id="potential-lead"><span></span> <span></span></h1>
<div class="pot-tabs" role="tablist" aria-label="Parts of the scene">${Object.entries(PARTS).map(tab).join('')}</div>
<div class="pot-bar" role="group" aria-label="The scene">
  <label><span>Target</span><select id="potential-target"><option value="grid">Grid</option><option value="centres">Centres</option><option value="ring">Ring</option><option value="clusters">Clusters</option><option value="dumbbell">Dumbbell</option><option value="spiral">Spiral</option><option value="random">Random</option><option value="letters">Letters</option><option value="own">Your own</option></select></label>
  <label class="pot-count"><span>Points</span><input type="range" id="potential-count" min="0" max="1000"><output aria-live="off" for="potential-count" id="potential-count-out" class="num">–</output></label>
  <span class="seed"><label for="potential-seed">Seed</label><input type="number" id="potential-seed" min="0" max="4294967295" step="1"><button type="button" class="icon-button" id="potential-dice" aria-label="Another seed" title="Another seed">${icon('dice')}</button></span>
  <span class="gap"></span>
  <button type="button" class="icon-button" id="potential-undo" aria-label="Undo" title="Undo (Ctrl Z)" disabled>${icon('undo')}</button>
  <button type="button" class="icon-button" id="potential-redo" aria-label="Redo" title="Redo (Shift Ctrl Z)" disabled>${icon('redo')}</button>
</div>
<div class="pot-state" id="potential-state" data-state="loading"><div class="veil-card">
  <p id="potential-state-text" role="status">Loading the scene…</p>
  <progress id="potential-progress" aria-label="Loading"></progress>
  <div class="veil-actions"><button type="button" class="primary" id="potential-solve" hidden>Solve</button><button type="button" id="potential-cancel" hidden>Cancel</button><button type="button" id="potential-add" hidden>Add a point</button><button type="button" id="potential-retry" hidden>Try again</button></div>
</div></div>
${Object.keys(PARTS).map(panel).join('')}
<div class="pot-words" id="potential-words"></div>
<p class="notice pot-notice" id="potential-notice" role="alert" hidden><span></span><button type="button" class="plain">Close</button></p>
<p class="hidden-text" id="potential-live" role="status" aria-live="polite"></p>`;
