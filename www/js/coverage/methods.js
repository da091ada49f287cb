// The generators that are compared: their names, and how curves and table tell them apart.

/** `dash` is a stroke-dasharray; the colour is the style sheet's, by the key. */
export const METHODS = [
  { key: 'gan', name: 'GAN', dash: null, learns: true },
  { key: 'pac', name: 'PacGAN', dash: '7 3', learns: true },
  { key: 'wgan', name: 'Wasserstein GAN', dash: '2 2.5', learns: true },
  { key: 'aeot', name: 'AE-OT', dash: '12 4', learns: false },
];

export const LAWS = { normal: 'z ~ N(0, I₂)', uniform: 'z uniform on [−1, 1]²' };

/** The request of each GAN that a scenario asks for. */
export function requests({ gans, seed }) {
  const { architecture, packing, loss, law, wasserstein } = gans;
  const base = { architecture, law, seed };
  const list = { gan: { ...base, loss, packing: 1 }, pac: { ...base, loss, packing } };
  if (wasserstein) list.wgan = { ...base, loss: 'wasserstein', packing: 1 };
  return list;
}
