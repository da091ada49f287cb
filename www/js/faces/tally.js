// A histogram of classes against the true one. Counting, no more: the classes are the classifier's.

/** Kullback–Leibler divergence, in nats, of counts from true shares. */
export function divergence(counts, truth) {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.reduce((sum, n, k) => (n ? sum + (n / total) * Math.log(n / total / truth[k]) : sum), 0);
}

/** A small generator with a fixed seed (mulberry32): the reference is the same each time. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a perfect sampler scores with `count` pictures: mean and 95 % interval. */
export function reference(truth, count, rounds = 200) {
  const random = generator(1);
  const scores = Array.from({ length: rounds }, () => {
    const counts = truth.map(() => 0);
    for (let k = 0; k < count; k += 1) {
      let u = random();
      let c = 0;
      while (c < truth.length - 1 && u >= truth[c]) {
        u -= truth[c];
        c += 1;
      }
      counts[c] += 1;
    }
    return divergence(counts, truth);
  }).sort((a, b) => a - b);
  const at = (p) => scores[Math.round(p * (rounds - 1))];
  return { mean: scores.reduce((sum, v) => sum + v, 0) / rounds, low: at(0.025), high: at(0.975) };
}
