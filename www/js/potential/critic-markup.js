// The part's skeleton, its words and its formulas.

const mi = (t) => `<mi>${t}</mi>`;
const open = '<mo stretchy="false">(</mo>';
const close = '<mo stretchy="false">)</mo>';
const row = (...parts) => `<mrow>${parts.join('')}</mrow>`;
const math = (...parts) => `<math>${row(...parts)}</math>`;
const shown = (...parts) => `<math display="block">${row(...parts)}</math>`;
const x = mi('x');
const u = mi('u');
const phi = mi('φ');
const of = (f, v) => `${f}<mo>⁡</mo>${open}${v}${close}`;
const nabla = '<mo rspace="0">∇</mo>';
const bars = (v) => `<msup>${row('<mo stretchy="false">|</mo>', v, '<mo stretchy="false">|</mo>')}<mn>2</mn></msup>`;
const half = '<mfrac><mn>1</mn><mn>2</mn></mfrac>';
const w2 = '<msubsup><mi>W</mi><mn>2</mn><mn>2</mn></msubsup>';
const yi = '<msub><mi>y</mi><mi>i</mi></msub>';
const nui = '<msub><mi>ν</mi><mi>i</mi></msub>';
const conjugate = `<msup>${phi}${mi('c')}</msup>`;
const mu = `<mspace width="0.2em"/>${mi('d')}${mi('μ')}`;
const sum = `<munder><mo movablelimits="false">∑</mo>${mi('i')}</munder>`;
const minus = '<mo>−</mo>';
const plus = '<mo>+</mo>';
const equals = '<mo>=</mo>';

const figure = (which, title, below) => `
<figure class="crit-figure" data-which="${which}">
  <figcaption><strong>${title}</strong><span>${below}</span></figcaption>
  <div class="figure-box crit-box" data-kind="field">
    <canvas data-testid="critic-${which}-field" aria-hidden="true" width="480" height="480"></canvas>
    <div class="crit-keys" tabindex="0" role="application" aria-roledescription="field" aria-label="${title.replace(/<[^>]*>/g, '')} over the domain" aria-describedby="critic-keys"></div>
    <p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> move the point, <kbd>Shift</kbd> further</p>
  </div>
  <div class="figure-box crit-box" data-kind="graph" hidden>
    <canvas data-testid="critic-${which}-graph" aria-hidden="true" width="480" height="480"></canvas>
    <div class="crit-keys" tabindex="0" role="application" aria-roledescription="graph in space" aria-label="Graph: ${title.replace(/<[^>]*>/g, '')}" aria-describedby="critic-turn"></div>
    <p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> turn, <kbd>+</kbd> <kbd>−</kbd> nearer and farther, <kbd>0</kbd> as at first</p>
  </div>
  <div class="crit-scale"><output aria-live="off" data-scale="low">–</output><svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none"></svg><output aria-live="off" data-scale="high">–</output><span data-scale="note"></span></div>
</figure>`;

const choice = (value, text) => `<label><input type="radio" name="critic-look" value="${value}"><span>${text}</span></label>`;
const tick = (name, text, on, more = '') => `<label${more}><input type="checkbox" name="${name}"${on ? ' checked' : ''}><span>${text}</span></label>`;

export const SECTION = `
<div class="crit">
  <div class="crit-bar">
    <fieldset class="views crit-look"><legend class="hidden-text">Shown as</legend>${choice('field', 'Fields')}${choice('graph', 'Graphs')}${choice('both', 'Both')}</fieldset>
    <fieldset class="views" id="critic-views"><legend class="hidden-text">Show</legend>${tick('levels', 'Level lines', true)}${tick('arrows', 'Map as arrows', false, ' data-of="field"')}${tick('walls', 'Walls and folds', true, ' class="key-singular"')}</fieldset>
  </div>
  ${figure('u', `Generator: ${math(u)}`, 'convex, and flat on every cell')}
  <div class="crit-middle">
    <div class="crit-forms">
      <p class="crit-form"><span>from ${math(u)} to ${math(phi)}</span>${shown(of(phi, x), equals, half, bars(x), minus, of(u, x))}</p>
      <p class="crit-form"><span>and back to the map</span>${shown(nabla, of(u, x), equals, x, minus, nabla, of(phi, x))}</p>
    </div>
    <section class="certificate crit-read" aria-labelledby="critic-read-title">
      <header><h2 id="critic-read-title">At the point ${math(x)}</h2><p class="stopped" id="critic-where">–</p></header>
      <dl id="critic-read"></dl>
    </section>
    <section class="certificate crit-w2" aria-labelledby="critic-w2-title">
      <header><h2 id="critic-w2-title">${math(w2)}, read off both</h2><p class="stopped" id="critic-agree">–</p></header>
      <dl id="critic-numbers"></dl>
    </section>
  </div>
  ${figure('phi', `Critic: ${math(phi)}`, 'a bowl about its site on every cell')}
  <p class="hidden-text" id="critic-keys">Arrow keys move the point at which both functions are read, with Shift further. Enter chooses its cell, Escape lets go.</p>
  <p class="hidden-text" id="critic-turn">Arrow keys turn the graph, with Shift further. Plus and minus come nearer and go farther, 0 goes back to the first view.</p>
</div>`;

export const PROSE = `
<p>A GAN trains two networks against each other: the generator is to find the map, the critic the price of a point. Under the squared distance one function is both. Brenier’s potential ${math(u)} gives the map by its gradient, Kantorovich’s ${math(phi)} is the best critic, and ${math(half, bars(x))} less the one is the other (paper, section 5.1). So whoever has the one need not compete for the other.</p>
<p>On the cell of a site ${math(u)} is a plane and ${math(phi)} a bowl whose lowest place, near or far, is over the site. So level lines of ${math(u)} are straight there, those of ${math(phi)} arcs about the site: the lines you see are exact. Both have kinks at the walls, where the map jumps.</p>
<div class="formulas">
${shown(w2, equals, '<mo>∫</mo>', bars(`${x}${minus}${nabla}${of(u, x)}`), mu)}
${shown(w2, equals, '<mn>2</mn>', '<mo>(</mo>', row('<mo>∫</mo>', phi, mu, plus, sum, nui, of(conjugate, yi)), '<mo>)</mo>')}
<p>Read off the generator, and read off the critic. They meet at the exact heights, and there alone.</p>
${shown(of(conjugate, yi), equals, half, bars(yi), plus, '<msub><mi>h</mi><mi>i</mi></msub>')}
<p>The critic’s other half, one number a site: section 5.1.</p>
</div>`;
