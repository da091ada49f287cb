// The controls of an embed by name: embed.css says which parts of each scene they are.

/** By name: what the dialog calls it, and the scenes that have it. */
export const CONTROLS = {
  play: ['Play', ['plane', 'space', 'coverage', 'heights', 'path', 'network']],
  step: ['Step and reset', ['coverage', 'heights', 'network', 'faces']],
  time: ['Time t', ['plane', 'space', 'heights', 'path', 'critic']],
  cut: ['Cut', ['space']],
  speed: ['Speed', ['coverage', 'heights', 'path', 'network']],
  undo: ['Undo and redo', ['plane', 'coverage', 'potential']],
  brush: ['Brush', ['plane']],
  target: ['Target, points, seed', ['coverage', 'potential', 'faces']],
  tabs: ['Parts', ['potential', 'faces']],
  views: ['What is drawn', ['graph', 'critic', 'path', 'network']],
  numbers: ['Numbers', ['plane', 'space', 'coverage', 'graph', 'heights', 'network', 'faces']],
  legend: ['Legend', ['potential']],
  link: ['Link to the page', ['plane']],
};

const ALL = Object.keys(CONTROLS);
export const SETS = {
  all: ALL,
  few: ['play', 'step', 'time', 'cut', 'speed', 'views', 'numbers', 'legend', 'link'],
  none: [],
};
