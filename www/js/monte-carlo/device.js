// What computes: the choice and its words, the same in the plane and in space.

export const NAME = 'Run on';
export const DEVICES = [['auto', 'Automatic'], ['cpu', 'CPU'], ['gpu', 'WebGPU']];
export const HINT = 'What computes the cells. Automatic takes WebGPU where the browser offers a real graphics card, else the processor. Both give the same samples.';

/** The path that runs, and why it is not the chosen one where that is not to be had. */
export function runsOn({ path, fallen }) {
  if (fallen) return `${fallen.replace(/\.$/, '')}: it runs on ${path ?? 'the CPU'}.`;
  return path ? `Runs on ${path}.` : 'Getting ready…';
}
