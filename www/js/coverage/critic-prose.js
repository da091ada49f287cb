// The words and formulas of the critics' section, and its skeleton.

const mi = (t) => `<mi>${t}</mi>`;
const mo = (t) => `<mo stretchy="false">${t}</mo>`;
const sub = (a, b) => `<msub>${a}${b}</msub>`;
const row = (...parts) => `<mrow>${parts.join('')}</mrow>`;
const math = (...parts) => `<math>${row(...parts)}</math>`;
const shown = (...parts) => `<math display="block">${row(...parts)}</math>`;

const phi = mi('φ');
const xi = sub(phi, mi('ξ'));
const conjugate = (f) => `<msup>${f}${mi('c')}</msup>`;
const of = (f, x) => `${f}<mo>⁡</mo>${mo('(')}${x}${mo(')')}`;
const yi = sub(mi('y'), mi('i'));
const half = '<mfrac><mn>1</mn><mn>2</mn></mfrac>';
const norm = (x) => `${mo('|')}${x}${mo('|')}`;
const squared = (x) => `<msup>${row(norm(x))}<mn>2</mn></msup>`;
const minus = '<mo>−</mo>';
const plus = '<mo>+</mo>';
const equals = '<mo>=</mo>';
const nabla = '<mo rspace="0">∇</mo>';
const w2 = '<msubsup><mi>W</mi><mn>2</mn><mn>2</mn></msubsup>';
const w1 = '<msub><mi>W</mi><mn>1</mn></msub>';
const sum = `<munder><mo movablelimits="false">∑</mo>${mi('i')}</munder>`;
const xMinusY = `${mi('x')}${minus}${mi('y')}`;

const picture = (id, title, below) => `
<figure class="critic-field"><figcaption><strong>${title}</strong><span>${below}</span></figcaption><canvas id="${id}" role="img" aria-label="Not drawn yet" width="320" height="320"></canvas></figure>`;

const ramp = (id) => `<div class="critic-scale"><output aria-live="off" data-scale="low">–</output><svg id="${id}" aria-hidden="true"></svg><output aria-live="off" data-scale="high">–</output></div>`;

export const SKELETON = `
<details class="critic-fold">
<summary><h2>The critic for free</h2><span>Under the squared distance the critic is written down once the map is known. Watch a network try to learn it.</span></summary>
<div class="critic-body">
<section class="critic-part" id="critic-quadratic" aria-labelledby="critic-quadratic-title">
<header>
<h3 id="critic-quadratic-title">${math(w2)}: the potential on the source</h3>
<p>For the cost ${math(half, squared(xMinusY))} every function ${math(phi)} on ${math(mi('Ω'))} bounds the distance from below, and the best one reaches it:</p>
<div class="formulas">${shown(half, w2, equals, '<munder><mo movablelimits="false">max</mo>', phi, '</munder>', '<mo>∫</mo>', phi, '<mspace width="0.2em"/>', mi('d'), mi('μ'), plus, sum, sub(mi('ν'), mi('i')), of(conjugate(phi), yi))}${shown(of(conjugate(phi), mi('y')), equals, '<munder><mo movablelimits="false">min</mo>', row(mi('x'), '<mo>∈</mo>', mi('Ω')), '</munder>', half, squared(xMinusY), minus, of(phi, mi('x')))}</div>
<p>A critic of the squared distance would have to be trained for this maximum. The solved scene has it already: ${math(phi, equals, half, squared(mi('x')), minus, mi('u'))}, and its gradient is the map, ${math(mi('x'), minus, nabla, of(phi, mi('x')), equals, nabla, of(mi('u'), mi('x')), equals, of(mi('T'), mi('x')))}. So the critic gives the generator and the generator the critic, in closed form (Lei et al., Engineering 6, 2020, section 5.1).</p>
</header>
<div class="critic-figures">
${picture('critic-exact', `Exact ${math(phi)}`, 'from the heights, nothing trained')}
${picture('critic-network', `A network ${math(xi)}`, 'trained on the formula above')}
</div>
${ramp('critic-quadratic-ramp')}
<div class="critic-aside"><p class="critic-problem" role="alert" hidden></p><div class="critic-place"></div>
<dl class="critic-numbers"></dl>
<figure class="critic-curve"><figcaption>By step: the network’s estimate of ${math(w2)}</figcaption><svg id="critic-quadratic-curve" role="img" aria-label="Not drawn yet"></svg></figure></div>
<p class="fine">The network: ${math(of(xi, mi('x')), equals, half, squared(mi('x')), minus, of(sub(mi('n'), mi('ξ')), mi('x')))} with three hidden layers of 64 and ReLU. ${math(mi('μ'))} stands as a lattice whose every point enters every step: a step goes along ${math('<mo>∑</mo>', sub(mi('w'), mi('k')), sub(nabla, mi('ξ')), of(xi, sub(mi('x'), mi('k'))), minus, '<mo>∑</mo>', sub(mi('ν'), mi('i')), sub(nabla, mi('ξ')), of(xi, `<msubsup>${mi('x')}${mi('i')}<mo>∗</mo></msubsup>`))}, where ${math(`<msubsup>${mi('x')}${mi('i')}<mo>∗</mo></msubsup>`)} attains the minimum for ${math(yi)}. Shown is the mean of the weights over the last fifty steps or so. Thin lines, where they are few, are the walls between cells, at which ${math(phi)} has its kinks; both fields have mean 0 over ${math(mi('μ'))}: a constant says nothing.</p>
</section>
<section class="critic-part" id="critic-linear" aria-labelledby="critic-linear-title">
<header>
<h3 id="critic-linear-title">${math(w1)}: another thing, the critic of a Wasserstein GAN</h3>
<p>Here the cost is ${math(norm(xMinusY))}, in the plane of the data, between <span class="generated">generated</span> and <span class="real">real</span> points. The critic ${math(mi('s'))} is to be 1-Lipschitz, and the best one’s mean over the real points exceeds that over the generated ones by ${math(w1)}.</p>
<p>The gradient penalty draws ${math(norm(`${nabla}${mi('s')}`))} towards 1 on the lines between real and generated points, and holds it nowhere. So what the critic says of the batch is no bound by itself; divided by the steepest slope found it is one, up to slopes between the places looked at.</p>
</header>
<div class="critic-figures">
${picture('critic-trained', `The GAN’s critic ${math(mi('s'))}`, 'trained, with a gradient penalty')}
${picture('critic-best', 'A best critic of the batch', 'from the exact assignment')}
</div>
${ramp('critic-linear-ramp')}
<div class="critic-aside"><p class="critic-problem" role="alert" hidden></p><div class="critic-place"></div>
<dl class="critic-numbers"></dl>
<figure class="critic-curve"><figcaption>By step: ${math(w1)} of the batch (dashed), and what the critic proves of it (blue)</figcaption><svg id="critic-linear-curve" role="img" aria-label="Not drawn yet"></svg></figure></div>
<p class="fine">Real points are rings, generated ones discs; both fields have mean 0 over the box. The run is that of the Wasserstein panel with the same seed; the real points and the generator’s ${math(mi('z'))} stay the same at every step, so that the batch moves only as the generator does.</p>
</section>
<section class="critic-why" aria-labelledby="critic-why-title">
<h3 id="critic-why-title">Why these are two things</h3>
<ul>
<li>For ${math(w2)} the cost is ${math(squared(xMinusY))} from ${math(mi('Ω'))} to the sites; the potential ${math(phi)} lives on the source’s side, and its gradient says where each ${math(mi('x'))} goes, ${math(of(mi('T'), mi('x')), equals, mi('x'), minus, nabla, of(phi, mi('x')))}.</li>
<li>For ${math(w1)} the cost is ${math(norm(xMinusY))} between generated and real points, both in the plane of the data; one 1-Lipschitz function serves both, and on the way of each point its gradient has length 1, however long the way: it gives the direction to go, not the distance.</li>
<li>So the potential of the squared distance gives the map in closed form, and that of the distance does not. A Wasserstein GAN’s critic, even a perfect one, leaves the generator to be trained.</li>
</ul>
</section>
</div>
</details>`;
