// The scene's parts, in their order: what each is called, what it says to try, where its code and
// its style sheet are.
// A module exports under its part's name what fills a place, and as `prose` two or three sentences
// with the formula they are about.

export const PARTS = {
  graph: { name: 'Potential', lead: ['Point at a cell:', 'its facet, its plane and its dual vertex light up.'], style: 'css/potential-graph.css', load: () => import('./graph.js') },
  heights: { name: 'Heights', lead: ['Be the optimiser:', 'move the planes until every cell has its mass.'], style: 'css/potential-heights.css', load: () => import('./heights.js') },
  critic: { name: 'Critic', lead: ['Turn generator into critic:', 'one function is both.'], style: 'css/potential-critic.css', load: () => import('./critic.js') },
  path: { name: 'Path', lead: ['Press play:', 'the shape opens where the map jumps.'], style: 'css/potential-path.css', load: () => import('./path.js') },
  network: { name: 'Network', lead: ['Train the network:', 'it fills the gap that the map jumps over.'], style: 'css/potential-network.css', load: () => import('./network.js') },
};

/** What `scenario.potential` holds where a link says nothing. */
export const DEFAULTS = {
  part: 'graph', yaw: 30, pitch: 35, zoom: 1, project: true, site: null, from: 'homothetic', solver: 'newton', step: null, hand: [],
  shape: 'crescent', source: 'disk', count: 1000, trails: 8, marks: [], look: 'field', widths: [32, 32], trained: 5000,
};
