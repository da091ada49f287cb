// A deck in reveal.js with demos of Brenier in it. See docs/embed.md for what stands where.

import Reveal from './node_modules/reveal.js/dist/reveal.esm.js';
import { fragments } from './fragments.js';

const deck = new Reveal({ width: 1280, height: 720, margin: 0.03, hash: true, transition: 'none', center: false, pdfSeparateFragments: false });
await deck.initialize();
fragments(deck);
