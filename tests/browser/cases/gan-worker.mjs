import assert from 'node:assert/strict';

export const name = 'GAN: a worker trains, rests, goes on from saved bytes, follows its target and is brought back';
export const variants = [{}, { subpath: true }];

// Run in the page: everything here goes by steps and events, nothing by time.
async function drive(root) {
  const workers = [];
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      workers.push(this);
    }
  };
  const { Gan } = await import(`${root}${published('js/gan.js')}`);
  const places = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [x, y]));
  const mixture = (shift) => Float64Array.from(places.flatMap(([x, y]) => [x + shift, y, 0.1, 1]));
  const request = { architecture: 'page', loss: 'nonSaturating', packing: 2, law: 'normal', seed: 3 };
  const look = { count: 200, field: 8, arrows: 4, grid: true, box: [-2, -2, 2, 2] };

  /** A GAN whose events are kept, with a promise of the next that answers to what is asked. */
  function watched(more) {
    const gan = new Gan({ request, modes: mixture(0), look, goal: 300, ...more });
    const told = { frame: [], mark: [], score: [], state: [], error: [] };
    const waiting = [];
    for (const type of Object.keys(told)) {
      gan.addEventListener(type, ({ detail }) => {
        told[type].push(detail);
        for (const w of waiting.filter((w) => w.type === type && w.wanted(detail))) {
          waiting.splice(waiting.indexOf(w), 1);
          w.resolve(detail);
        }
      });
    }
    const next = (type, wanted = () => true) => new Promise((resolve) => { waiting.push({ type, wanted, resolve }); });
    const state = (name) => next('state', (detail) => detail.state === name);
    return { gan, told, next, state };
  }
  const until = async (w, play) => {
    const rows = w.next('score', () => w.gan.state === 'goal');
    const frames = w.next('frame', () => w.gan.state === 'goal');
    const reached = w.state('goal');
    play();
    await reached;
    return { row: (await rows).row, frame: await frames };
  };
  const out = {};

  // From the start to the goal, as fast as it goes.
  const a = watched();
  const first = await a.next('frame');
  out.first = {
    steps: first.counters.steps, points: first.points.length, real: first.real?.length,
    field: first.field.length, arrows: first.arrows.length, grid: first.grid.length, losses: first.losses,
    probabilities: first.field.every((d) => d >= 0 && d <= 1),
  };
  const end = await until(a, () => a.gan.play());
  out.end = [end.frame.counters.steps, end.row.name, end.row.samples, end.row.nearestReal, end.frame.real];
  out.seconds = end.frame.seconds > 0 && a.told.frame.every((f, k) => !k || f.seconds >= a.told.frame[k - 1].seconds);
  out.losses = Object.values(end.frame.losses).every(Number.isFinite);
  out.states = a.told.state.map(({ state }) => state);
  out.marks = [...a.told.mark];
  const bytes = await a.gan.save();

  // The same seed, now stepped, rested and slowed down.
  const b = watched();
  await b.state('ready');
  b.gan.speed(1000);
  b.gan.play();
  await b.next('frame', (f) => f.counters.steps > 20);
  const paused = b.state('paused');
  b.gan.pause();
  await paused;
  const rested = await b.next('frame');
  b.gan.step();
  const stepped = await b.next('frame', (f) => f.counters.steps === rested.counters.steps + 1);
  out.stepped = stepped.counters.generator - rested.counters.generator;
  const same = await until(b, () => b.gan.play());
  out.same = [JSON.stringify(b.told.mark) === JSON.stringify(a.told.mark), same.frame.points.every((x, k) => x === end.frame.points[k])];
  const again = await b.gan.save();
  out.bytes = again.length === bytes.length && again.every((x, k) => x === bytes[k]);

  // A step of one network alone.
  b.gan.step('discriminator');
  const alone = await b.next('frame', (f) => f.counters.draws === same.frame.counters.draws + 1);
  b.gan.step('generator');
  const other = await b.next('frame', (f) => f.counters.draws === same.frame.counters.draws + 2);
  out.alone = [alone, other].map((f) => ['steps', 'discriminator', 'generator'].map((k) => f.counters[k] - same.frame.counters[k]));

  // Back to the start: the same curve.
  const before = b.told.mark.length;
  const ready = b.state('ready');
  b.gan.reset();
  await ready;
  b.gan.speed(null);
  await until(b, () => b.gan.play());
  out.reset = JSON.stringify(b.told.mark.slice(before)) === JSON.stringify(a.told.mark);
  b.gan.close();

  // From the saved bytes, and straight on: the same again.
  const c = watched({ bytes });
  await c.state('ready');
  const went = await until(c, () => c.gan.play());
  const straight = await until(a, () => a.gan.play());
  out.resumed = [
    went.frame.counters.steps, c.told.mark.map((m) => m.steps),
    JSON.stringify(c.told.mark) === JSON.stringify(a.told.mark.slice(out.marks.length)),
    went.frame.points.every((x, k) => x === straight.frame.points[k]),
  ];
  c.gan.close();

  // The target moves: the same run goes on, on what is there now.
  const moved = a.next('frame', (f) => Boolean(f.real));
  a.gan.retarget(mixture(0.5));
  const after = await moved;
  out.moved = [after.counters.steps, after.real.every((x, k) => Math.abs(x - first.real[k] - (k % 2 ? 0 : 0.5)) < 1e-6)];
  await until(a, () => a.gan.play());
  const far = await a.gan.save();

  // A page that is not drawn, as in the background: the run goes on to its goal without a frame.
  const drawing = globalThis.requestAnimationFrame;
  const undrawn = [];
  globalThis.requestAnimationFrame = (call) => undrawn.push(call);
  const f = watched();
  await f.next('frame');
  f.gan.play();
  await f.state('goal');
  await f.next('score');
  out.hidden = [f.told.frame.length, f.told.mark.map((m) => m.steps), f.told.score.length <= 2];
  const shown = f.next('frame');
  globalThis.requestAnimationFrame = drawing;
  for (const call of undrawn) call();
  out.shown = (await shown).counters.steps;
  // At rest, only the last of many moves is scored.
  const scores = f.told.score.length;
  for (let k = 1; k <= 5; k += 1) f.gan.retarget(mixture(k / 10));
  await f.next('score');
  out.settled = f.told.score.length - scores;
  f.gan.close();

  // Its worker dies while it trains: it goes on from the state at its last rest, to the same end.
  const dead = until(a, () => {
    a.gan.play();
    a.next('mark', (m) => m.steps === 1000).then(() => workers[0].dispatchEvent(new ErrorEvent('error', { message: 'gone' })));
  });
  await dead;
  out.died = [a.told.error.map((e) => e.code), a.told.mark.filter((m) => m.steps === 1000).length, a.told.state.at(-1).state];
  const d = watched({ bytes: far, modes: mixture(0.5) });
  await d.state('ready');
  await until(d, () => d.gan.play());
  const [x, y] = [await a.gan.save(), await d.gan.save()];
  out.restored = x.length === y.length && x.every((v, k) => v === y[k]);
  d.gan.close();

  // What is refused says why.
  const e = watched({ request: { ...request, packing: 9 } });
  const { code } = await e.next('error');
  out.refused = [code, e.gan.state];
  e.gan.close();
  a.gan.close();
  out.closed = await a.gan.save().catch((error) => error.code);
  return out;
}

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`); // any document of the site
  const seen = await page.evaluate(`(${drive})(${JSON.stringify(base)})`);

  assert.deepEqual(seen.first, {
    steps: 0, points: 400, real: 400, field: 64, arrows: 32, grid: 2 * 2 * 21 * 101, losses: {}, probabilities: true,
  });
  assert.deepEqual(seen.end, [300, 'PacGAN2', 2500, null, undefined]);
  assert.ok(seen.seconds && seen.losses);
  assert.deepEqual(seen.states, ['loading', 'ready', 'running', 'goal']);
  assert.deepEqual(seen.marks.map((mark) => mark.steps), [0, 100, 200, 300]);
  for (const { modes, highQuality, reverseKl } of seen.marks) {
    assert.ok(Number.isInteger(modes) && modes <= 9 && highQuality >= 0 && highQuality <= 1 && reverseKl >= 0 && reverseKl < 3);
  }
  assert.equal(seen.stepped, 1);
  assert.deepEqual(seen.same, [true, true]);
  assert.ok(seen.bytes && seen.reset);
  assert.deepEqual(seen.alone, [[0, 1, 0], [0, 1, 1]]);
  assert.deepEqual(seen.resumed, [600, [400, 500, 600], true, true]);
  assert.deepEqual(seen.moved, [600, true]);
  assert.deepEqual(seen.hidden, [1, [0, 100, 200, 300], true]);
  assert.equal(seen.shown, 300);
  assert.equal(seen.settled, 1);
  assert.deepEqual(seen.died, [['restored'], 2, 'goal']);
  assert.ok(seen.restored);
  assert.deepEqual(seen.refused, ['gan', 'failed']);
  assert.equal(seen.closed, 'closed');
}
