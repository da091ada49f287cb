// The GANs of Config::page and Config::paper (crates/gan/src/config.rs) in TensorFlow.js: the same
// networks, weights at the start, batches, losses and schedules. Of the ways to write an operation
// the fastest on its wasm backend is taken: batch norm by hand (9 to 18 % more steps a
// second than with tf.batchNorm), maxout as a chain of maxima (6 to 11 % more than with tf.max).

/** Training in the backend that is set; `centres` are x, y of modes of deviation 0.05. */
export function peer(tf, architecture, packing, centres) {
  const paper = architecture === 'paper';
  const [batch, width, depth] = paper ? [100, 400, 4] : [128, 128, 2];
  const [units, layers, pieces] = paper ? [200, 3, 5] : [128, 2, 1];
  const points = batch * packing;
  const weights = (from, to, law) => tf.variable(tf.randomNormal([from, to], 0, paper ? 0.02 : Math.sqrt(law / from)));
  const zeros = (n) => tf.variable(tf.zeros([n]));

  const generator = [];
  for (let l = 0, from = 2; l < depth; l += 1, from = width) {
    generator.push({ w: weights(from, width, 2), scale: tf.variable(tf.ones([width])), shift: zeros(width) });
  }
  const last = { w: weights(width, 2, 1), b: zeros(2) };
  const discriminator = [];
  for (let l = 0, from = 2 * packing; l < layers; l += 1, from = units) {
    discriminator.push({ w: weights(from, units * pieces, 2), b: paper ? zeros(units * pieces) : tf.variable(tf.randomNormal([units])) });
  }
  const score = { w: weights(units, 1, 1), b: zeros(1) };
  const ofD = [...discriminator, score].flatMap((layer) => Object.values(layer));
  const ofG = [...generator, last].flatMap((layer) => Object.values(layer));

  const linear = (x, { w, b }) => tf.add(tf.matMul(x, w), b);
  /** Batch norm; each place in a pack has statistics of its own. */
  const norm = (x, { scale, shift }) => {
    const y = tf.reshape(x, [batch, packing * width]);
    const centred = tf.sub(y, tf.mean(y, 0));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), 0), 1e-4));
    const [a, b] = packing > 1 ? [scale, shift].map((v) => tf.tile(v, [packing])) : [scale, shift];
    return tf.reshape(tf.add(tf.mul(centred, tf.mul(inverse, a)), b), [points, width]);
  };
  const generate = () => {
    let x = tf.randomNormal([points, 2]);
    for (const layer of generator) x = tf.relu(norm(tf.matMul(x, layer.w), layer));
    return tf.reshape(linear(x, last), [batch, 2 * packing]);
  };
  const judge = (packs) => {
    let x = packs;
    for (const layer of discriminator) {
      const y = linear(x, layer);
      x = paper ? tf.split(y, pieces, 1).reduce((a, b) => tf.maximum(a, b)) : tf.leakyRelu(y, 0.2);
    }
    return linear(x, score);
  };
  const real = () => {
    const at = new Float32Array(2 * points);
    for (let k = 0; k < at.length; k += 2) {
      const mode = Math.floor((Math.random() * centres.length) / 2);
      at.set(centres.slice(2 * mode, 2 * mode + 2), k);
    }
    const shape = [batch, 2 * packing];
    return tf.add(tf.tensor2d(at, shape), tf.randomNormal(shape, 0, 0.05));
  };

  const [rateD, rateG, beta] = paper ? [1e-4, 1e-4, 0.8] : [4e-3, 1e-3, 0.5];
  const [forD, forG] = [rateD, rateG].map((rate) => tf.train.adam(rate, beta, 0.999));
  const asFake = (scores) => tf.mean(tf.softplus(scores));
  const asReal = (scores) => asFake(tf.neg(scores));
  const lossD = (fake, packs) => tf.add(asReal(judge(packs)), asFake(judge(fake)));
  const lossG = (fake) => asReal(judge(fake));

  /** Both at once, from the same generated points. */
  const both = () => {
    let fake = null;
    const g = tf.variableGrads(() => lossG(fake = tf.keep(generate())), ofG);
    const d = tf.variableGrads(() => lossD(fake, real()), ofD);
    fake.dispose();
    forD.applyGradients(d.grads);
    forG.applyGradients(g.grads);
    return [d.value, g.value];
  };
  /** The discriminator twice, then the generator. */
  const inTurn = () => {
    let d = null;
    for (let k = 0; k < 2; k += 1) {
      const [fake, packs] = [generate(), real()];
      d = forD.minimize(() => lossD(fake, packs), true, ofD);
    }
    return [d, forG.minimize(() => lossG(generate()), true, ofG)];
  };

  return {
    step: () => tf.tidy(() => { (paper ? both : inTurn)(); }),
    /** A step that tells its losses, of the discriminator and of the generator. */
    told: () => tf.tidy(() => (paper ? both : inTurn)().map((loss) => loss.dataSync()[0])),
    close() {
      for (const variable of [...ofD, ...ofG]) variable.dispose();
      for (const optimizer of [forD, forG]) optimizer.dispose();
    },
  };
}
