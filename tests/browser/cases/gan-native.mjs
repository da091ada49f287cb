import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const name = 'GAN: the first hundred steps in wasm are the native ones';

const STEPS = 100;
const EVERY = 10;
/** The command's words, and the page's for the same run. */
const runs = [
  ['--modes grid', 'grid', {}],
  ['--modes ring --packing 4 --loss least-squares --law uniform --seed 7', 'ring', { packing: 4, loss: 'leastSquares', law: 'uniform', seed: 7 }],
  ['--modes spiral --loss wasserstein --seed 3', 'spiral', { loss: 'wasserstein', seed: 3 }],
];

function native(words) {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const options = `run --quiet --package brenier-cli -- gan ${words} --steps ${STEPS} --every ${EVERY} --json`;
  const told = execFileSync(process.env.CARGO ?? 'cargo', options.split(' '), { cwd: root, encoding: 'utf8' });
  return JSON.parse(told).marks;
}

async function train([root, preset, request, STEPS, EVERY]) {
  const { Engine } = await import(`${root}${published('js/engine.js')}`);
  const engine = await Engine.load();
  await engine.set({ preset, scene: 'coverage' });
  const modes = await engine.modes();
  engine.close();

  const wasm = await import(`${root}${published('wasm/brenier_gan.js')}`);
  await wasm.default({ module_or_path: `${root}${published('wasm/brenier_gan_bg.wasm')}` });
  const gan = new wasm.Gan(JSON.stringify(request), modes);
  const none = { discriminator: null, penalty: null, generator: null };
  const mark = (losses) => ({ steps: gan.steps(), losses, ...gan.marks(2500), fingerprint: gan.fingerprint() });
  const marks = [mark(none)];
  while (gan.steps() < STEPS) marks.push(mark(gan.advance(EVERY)));

  // As the page trains it, in a worker.
  const { Gan } = await import(`${root}${published('js/gan.js')}`);
  const page = new Gan({ request, modes, goal: STEPS });
  const seen = [];
  page.addEventListener('mark', ({ detail }) => seen.push(detail));
  const goal = new Promise((resolve) => {
    page.addEventListener('state', ({ detail }) => detail.state === 'goal' && resolve());
  });
  page.play();
  await goal;
  const end = (await page.save()).slice(-8).reverse();
  page.close();
  return { marks, seen, fingerprint: [...end].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  for (const [words, preset, request] of runs) {
    const expect = native(words);
    const { marks, seen, fingerprint } = await page.evaluate(train, [base, preset, request, STEPS, EVERY]);
    assert.equal(marks.length, 1 + STEPS / EVERY);
    const near = (a, b, what) => {
      const equal = a === b || Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
      assert.ok(equal, `${words}: ${what}: ${a}, native ${b}`);
    };
    for (const [k, mark] of marks.entries()) {
      const other = expect[k];
      assert.deepEqual([mark.steps, mark.modes, mark.fingerprint], [other.steps, other.modes, other.fingerprint], words);
      for (const key of ['highQuality', 'reverseKl']) near(mark[key], other[key], `${key} at ${mark.steps}`);
      for (const key of Object.keys(other.losses)) near(mark.losses[key], other.losses[key], `${key} at ${mark.steps}`);
    }
    assert.equal(fingerprint, expect.at(-1).fingerprint, words);
    assert.deepEqual(seen.map((mark) => mark.steps), [0, STEPS]);
    for (const [mark, other] of [[seen[0], expect[0]], [seen[1], expect.at(-1)]]) {
      near(mark.reverseKl, other.reverseKl, 'reverse KL in the worker');
      assert.equal(mark.modes, other.modes);
    }
  }
}
