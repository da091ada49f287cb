// What the file of codes says of itself and its heights, and what the decoder takes.

import { $, setText } from '../dom.js';
import { percent, plain, whole } from '../format.js';
import { facts } from './facts.js';

const ROWS = [
  { key: 'count', name: 'Training codes', hint: 'How many training pictures were coded: the sites of the transport, all of the same mass.', of: ({ about }) => whole(about.count) },
  { key: 'dimension', name: 'Dimension', hint: 'Coordinates of a code, and of the cube that points are drawn from.', of: ({ about }) => whole(about.dimension) },
  { key: 'residual', from: 'report', name: 'Residual, r.m.s.', hint: 'Root mean square of wᵢ/νᵢ − 1 over all cells, estimated from fresh samples with their noise taken off, and its standard error.', of: ({ report: r }) => `${percent(r.residual)} ± ${percent(r.residualError)}` },
  { key: 'maximum', from: 'report', name: 'Largest error', hint: 'The largest |ŵᵢ/νᵢ − 1| among the sampled cells, and what noise alone would show if every cell were exactly right.', of: ({ report: r }) => `${percent(r.maximum, 1)} (noise ${percent(r.maximumNoise, 1)})` },
  { key: 'variation', from: 'report', name: 'Total variation', hint: '½ Σ |ŵᵢ − νᵢ|: the share of the mass that is in the wrong cell, and what noise alone would show.', of: ({ report: r }) => `${percent(r.variation)} (noise ${percent(r.variationNoise)})` },
  { key: 'starved', from: 'report', name: 'Cells without a sample', hint: 'A cell that no sample fell into has no known mass. There must be none.', of: ({ report: r }) => whole(r.starved.length) },
  { key: 'interpolated', from: 'report', name: 'Interpolated', hint: 'Share of random points whose largest λ is below 0.9 at the threshold that was chosen for these heights: pictures that are no stored code.', of: ({ about: { shipped: s } }) => percent(s.interpolated, 1) },
  { key: 'across', from: 'report', name: 'Next plane across', hint: 'Share of random points whose second highest plane is on the other side of the singular set.', of: ({ about: { shipped: s } }) => percent(s.across, 1) },
  { key: 'nearest', from: 'report', name: 'To nearest code', hint: 'Median distance of a generated code from the nearest stored one, in sides of the cube. Near 0 the map would repeat what it was shown.', of: ({ about: { shipped: s } }) => plain(s.nearest[50], 3) },
  { key: 'decode', name: 'To decode one', hint: 'Milliseconds for one picture on one thread, the mean of the last group.', of: ({ decode }) => (decode ? `${decode.toFixed(1)} ms` : '–') },
];

export function numbers(session) {
  const values = facts($('#faces-numbers'), ROWS);
  function show() {
    const { latents, decoder } = session;
    if (!latents || !decoder) return;
    const { about } = latents;
    // Of heights that were not measured nothing is told.
    const report = session.shipped ? about.report : session.report;
    const known = { file: true, report: Boolean(report) };
    for (const { key, from = 'file', of } of ROWS) setText(values[key], known[from] ? of({ about, report, decode: session.decodeTime }) : '–');
    setText($('#faces-path'), `CPU, burn-${decoder.backend}`);
    setText($('#faces-heights'), session.shipped ? 'Shipped heights' : 'Heights solved here');
    $('#faces-heights').dataset.state = session.shipped ? 'done' : 'open';
    const { dimension } = about;
    for (const place of document.querySelectorAll('[data-faces=dimension]')) setText(place, whole(dimension));
  }
  for (const type of ['state', 'heights', 'decoded']) session.addEventListener(type, show);
  show();
}
