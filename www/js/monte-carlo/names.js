// The methods: their names, and how their curves are drawn.

export const METHODS = {
  newton: { name: 'Newton', dash: '' },
  adam: { name: 'Adam', dash: '' },
  lbfgs: { name: 'L-BFGS', dash: '7 3' },
  hierarchical: { name: 'Hierarchical', dash: '2 3' },
};

/** Most points of a scene whose solve starts by itself. */
export const PROMPT = 1000;
/** Most points of a scene that the page solves by Monte Carlo. */
export const MOST = 10000;

/** Why a solve stopped, in a few words. */
export const STOPPED = {
  tolerance: 'Solved to tolerance',
  noise: 'At the noise of its samples',
  starved: 'Some cells got no sample',
  cancelled: 'Cancelled',
  iterations: 'Stopped at the step limit',
};
