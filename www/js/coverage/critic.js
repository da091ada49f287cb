// “The critic for free”: the exact potential beside a network that learns it, and, apart, the critic
// of a Wasserstein GAN beside the exact W₁ of its batch. Nothing runs until the fold is opened.

import { $, h, on, reducedMotion, setText } from '../dom.js';
import { percent, plain, scientific, sentence, whole } from '../format.js';
import { colours, curves, field, points, scale, walls } from './critic-draw.js';
import { SKELETON } from './critic-prose.js';
import { CriticRun, bar } from './critic-run.js';

/** Values along a side of a field, points of a batch, and steps after which a run rests by itself. */
const SIDE = 96;
const BATCH = 256;
const GOAL = { semidual: 4000, wasserstein: 1500 };

/** A square around a box, a little larger. */
function square([x0, y0, x1, y1], margin = 0) {
  const half = (0.5 + margin) * Math.max(x1 - x0, y1 - y0);
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return [x - half, y - half, x + half, y + half];
}

function around(flat, stride, reach = () => 0) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < flat.length; k += stride) {
    for (let c = 0; c < 2; c += 1) {
      box[c] = Math.min(box[c], flat[k + c] - reach(k));
      box[c + 2] = Math.max(box[c + 2], flat[k + c] + reach(k));
    }
  }
  return box;
}

const QUADRATIC = [
  { key: 'exact', name: 'Exact W₂²', hint: 'Of the solved scene: the lower one of two bounds that are both evaluated exactly.', of: (n) => [plain(n.w2Dual, 6), n.w2Dual] },
  { key: 'gap', name: 'Its certificate', hint: 'The distance between the lower and the upper bound of the exact W₂². The truth lies between them.', of: (n) => [`within ${scientific(Math.max(0, n.w2Upper - n.w2Dual))}`, n.w2Upper - n.w2Dual] },
  { key: 'estimate', name: 'The network’s W₂²', hint: 'Twice the value of the formula for the network: a lower bound on the lattice, whatever the network is.', of: (n) => [plain(n.w2, 6), n.w2] },
  { key: 'short', name: 'Short of it by', hint: 'By how much the network’s estimate is below the exact value.', of: (n) => [percent(1 - n.w2 / n.w2Dual, 2), 1 - n.w2 / n.w2Dual] },
  { key: 'difference', name: 'Fields differ by', hint: 'Root mean square difference of the two fields over μ, as a share of that of φ.', of: (n) => [percent(n.difference / n.scale, 1), n.difference / n.scale] },
  { key: 'map', name: 'Its map is off by', hint: 'Root mean square distance, over μ, between where the network’s gradient carries x and the site that x belongs to, in the scene’s lengths.', of: (n) => [plain(n.mapError, 3), n.mapError] },
  { key: 'lattice', name: 'φ on the lattice', hint: 'What the same formula gives for the exact φ, on the lattice that the network sees.', of: (n) => [plain(n.w2Lattice, 6), n.w2Lattice], more: (n) => `${whole(n.points)} points ${plain(n.spacing, 2)} apart, which can cost W₂² at most ${scientific(n.spread)}.` },
];
const LINEAR = [
  { key: 'exact', name: 'Exact W₁', hint: 'Mean length of the cheapest pairs of the batch, by an exact assignment.', of: (n) => [plain(n.exact, 5), n.exact], more: (n) => `${whole(n.count)} real and ${whole(n.count)} generated points.` },
  { key: 'gap', name: 'Its certificate', hint: 'The distance between the cost of the pairs and the lower bound that the prices prove.', of: (n) => [`within ${scientific(Math.abs(n.exact - n.dual))}`, n.exact - n.dual] },
  { key: 'estimate', name: 'The critic’s own', hint: 'Mean of s over the real points less that over the generated ones. It would be W₁ for a best critic.', of: (n) => [plain(n.critic, 5), n.critic] },
  { key: 'steepest', name: 'Steepest slope', hint: 'The largest |∇s| found at 64 × 64 places around the batch and at its points. A 1-Lipschitz critic has at most 1.', of: (n) => [plain(n.steepest, 4), n.steepest] },
  { key: 'lower', name: 'Divided by it', hint: 'The critic’s estimate over its steepest slope: a lower bound of W₁, up to slopes between the places looked at.', of: (n) => [plain(n.lower, 5), n.lower] },
];

function numbers(list, rows) {
  const cells = rows.map((row) => {
    const value = h('dd', { 'data-value': row.key, text: '–' });
    const title = h('button', { type: 'button', class: 'hint', 'data-hint': row.hint, text: row.name });
    list.append(h('dt', {}, title), value);
    return { row, value, title };
  });
  return (seen) => {
    for (const { row, value, title } of cells) {
      const [text, raw] = row.of(seen);
      setText(value, text);
      value.dataset.raw = raw;
      if (row.more) title.dataset.hint = `${row.hint} ${row.more(seen)}`;
    }
  };
}

/** One of the two parts: its pictures, its bar, its numbers and its curve. */
function part(root, run, { id, name, rows, lines, level, paint, describe, restart }) {
  const svg = $('svg[id$=curve]', root);
  const ramp = $('.critic-scale svg', root);
  const problem = $('.critic-problem', root);
  $('.critic-place', root).append(bar(run, { id, name, reset: () => restart({ play: run.state === 'running' }) }));
  const write = numbers($('.critic-numbers', root), rows);
  let marks = [];
  let last = null;

  function draw() {
    if (!last) return;
    const palette = colours();
    scale(ramp, palette);
    const reach = paint(last, palette);
    setText($('[data-scale=low]', root), plain(-reach, 2));
    setText($('[data-scale=high]', root), plain(reach, 2));
    curves(svg, { lines: lines(marks), level: level(last.numbers), steps: last.steps });
  }
  run.addEventListener('frame', ({ detail }) => {
    problem.hidden = true;
    if (detail.marks.some(([steps]) => steps === 0)) marks = [];
    marks.push(...detail.marks);
    last = { ...detail, fields: { ...(marks.length > detail.marks.length ? last?.fields : null), ...detail.fields } };
    write(last.numbers);
    draw();
    // Screen readers hear of it when it rests.
    if (run.state !== 'running') describe(last, svg);
  });
  run.addEventListener('state', () => last && describe(last, svg));
  run.addEventListener('error', ({ detail }) => {
    problem.textContent = `${sentence(detail.message)} Reset to start again.`;
    problem.hidden = false;
  });
  const seen = new ResizeObserver(draw);
  seen.observe(svg);
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}

/**
 * Builds the section. `session` is the plane's. Returns `rest()`, which pauses what trains, and
 * `wake()`, which catches up with the scene.
 */
export function critic(section, session) {
  section.classList.add('critic');
  section.innerHTML = SKELETON;
  const fold = $('.critic-fold', section);
  const quadratic = new CriticRun('semidual', GOAL.semidual);
  const linear = new CriticRun('wasserstein', GOAL.wasserstein);
  /** What each run was started from, to see whether the scene has changed. */
  const begun = { plan: null, modes: null };
  let box = null;

  function startQuadratic({ play }) {
    const { frame, scenario } = session;
    if (!frame?.count || frame.needsSolve || !frame.report) return;
    begun.plan = frame;
    const { mean, sigma } = frame.source ?? {};
    quadratic.start({
      domain: frame.domain,
      gaussian: mean ? [...mean, sigma] : undefined,
      sites: frame.sites,
      masses: frame.masses,
      heights: frame.heights,
      seed: scenario?.seed ?? 0,
      box: square(around(frame.domain, 2)),
      side: SIDE,
    }, { play });
  }

  /** The GAN that the scene asks for: the one of the panel with the Wasserstein loss. */
  async function wanted() {
    const { seed = 0, gans } = session.scenario ?? {};
    const request = { architecture: gans?.architecture ?? 'page', loss: 'wasserstein', packing: 1, law: gans?.law ?? 'normal', seed };
    const modes = await session.engine.modes();
    return { request, modes, name: JSON.stringify([request, [...modes]]) };
  }
  function startLinear({ play }, { request, modes, name }) {
    begun.modes = name;
    box = square(around(modes, 4, (k) => 4 * modes[k + 2]), 0.12);
    linear.start({ request, modes, count: BATCH, box, side: SIDE }, { play });
  }

  part($('#critic-quadratic', section), quadratic, {
    id: 'critic-w2',
    name: 'the network',
    rows: QUADRATIC,
    restart: startQuadratic,
    lines: (marks) => [{ points: marks, kind: 'learnt' }],
    level: ({ w2Dual }) => ({ value: w2Dual, name: 'exact' }),
    paint({ fields: { exact, network, reach } }, palette) {
      for (const [id, values] of [['#critic-exact', exact], ['#critic-network', network]]) {
        const { domain, facetEnds } = begun.plan;
        const frame = square(around(domain, 2));
        walls(field($(id, section), values, reach, palette, { within: domain, box: frame }), facetEnds, frame, palette);
      }
      return reach;
    },
    describe({ numbers: n, steps }, svg) {
      $('#critic-exact', section).setAttribute('aria-label', 'The exact potential over the domain: one smooth piece on each cell, with kinks at the walls between cells.');
      $('#critic-network', section).setAttribute('aria-label', `The network’s potential after ${whole(steps)} steps, ${percent(n.difference / n.scale, 1)} from the exact one.`);
      svg.setAttribute('aria-label', `The network’s estimate of the squared distance: ${plain(n.w2, 4)} after ${whole(steps)} steps. The exact value is ${plain(n.w2Dual, 4)}.`);
    },
  });
  part($('#critic-linear', section), linear, {
    id: 'critic-w1',
    name: 'the GAN',
    rows: LINEAR,
    restart: async (how) => startLinear(how, await wanted()),
    lines: (marks) => [{ points: marks.map(([x, [, exact]]) => [x, exact]), kind: 'exact' }, { points: marks.map(([x, [lower]]) => [x, lower]), kind: 'learnt' }],
    level: () => null,
    paint({ fields: { trained, best, reach }, real, points: generated }, palette) {
      for (const [id, values] of [['#critic-trained', trained], ['#critic-best', best]]) {
        const context = field($(id, section), values, reach, palette);
        points(context, real, box, { colour: palette.real, ring: true });
        points(context, generated, box, { colour: palette.generated });
      }
      return reach;
    },
    describe({ numbers: n, steps }, svg) {
      $('#critic-trained', section).setAttribute('aria-label', `The critic’s score over the plane of the data after ${whole(steps)} steps, with real and generated points.`);
      $('#critic-best', section).setAttribute('aria-label', 'A best 1-Lipschitz critic of the same points.');
      svg.setAttribute('aria-label', `The exact W₁ of the batch is ${plain(n.exact, 3)} after ${whole(steps)} steps; the critic proves ${plain(n.lower, 3)}.`);
    },
  });

  const same = (a, b) => a.length === b.length && a.every((value, k) => value === b[k]);
  const moved = ({ sites, heights, domain }) => !begun.plan || !same(sites, begun.plan.sites) || !same(heights, begun.plan.heights) || !same(domain, begun.plan.domain);

  /** Starts what the scene has left behind; while a point is dragged it waits for the end. */
  async function follow() {
    if (!fold.open || section.closest('[hidden]') || session.held || !session.frame) return;
    const keep = (run) => ({ play: run.state === 'running' || (run.state === 'idle' && !reducedMotion()) });
    if (moved(session.frame)) startQuadratic(keep(quadratic));
    const gan = await wanted().catch(() => null);
    if (gan && gan.name !== begun.modes) startLinear(keep(linear), gan);
  }
  function rest() {
    quadratic.pause();
    linear.pause();
  }
  on(fold, 'toggle', () => (fold.open ? follow() : rest()));
  for (const type of ['frame', 'scenario']) session.addEventListener(type, follow);
  return { rest, wake: follow };
}
