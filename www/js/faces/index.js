// Faces: transport in latent space. The scene is fetched when it is first opened, with a session of
// its own; decoder and codes come in two files, each opened in a worker of its own.

import { $, h, on, setText } from '../dom.js';
import { sentence } from '../format.js';
import { beside } from './beside.js';
import { classes } from './classes.js';
import { controls } from './controls.js';
import { line } from './line.js';
import { loading } from './loading.js';
import { maps } from './maps.js';
import { PROSE, SECTION } from './markup.js';
import { numbers } from './numbers.js';
import { plane } from './plane.js';
import { samples } from './samples.js';
import { FacesSession } from './session.js';
import { SETS } from './settings.js';
import { solve } from './solve.js';
import { tabs } from './tabs.js';

/** Fills `place`; the files are fetched once it stands. `planar` is the session of the plane. */
export async function faces(place, hash, planar) {
  place.innerHTML = SECTION;
  // An embed has no text.
  $('#prose')?.after(Object.assign(h('article', { class: 'prose', id: 'faces-prose' }), { innerHTML: PROSE }));
  const session = new FacesSession();
  const say = (text) => setText($('#faces-live'), text);
  loading(session);
  controls(session);
  numbers(session);
  terms(session);
  beside(planar, place);
  problems(session);
  const parts = tabs(session, { samples, line, plane, maps, solve, classes }, { say });
  // The files may take long: the scene stands without them.
  session.open(hash).then(() => { document.documentElement.dataset.facesReady = session.state; });
  return {
    session,
    open: (link) => session.open(link),
    rest: () => parts.rest(),
    wake: () => {},
  };
}

/** Which pictures, and what they may be used for. */
function terms(session) {
  const select = $('#faces-set');
  on(select, 'change', () => session.patch({ set: select.value }));
  const show = () => {
    const { set } = session.settings;
    select.value = set;
    setText($('#faces-terms'), set === 'faces'
      ? 'Generated, not photographs. Trained on CelebA; for non-commercial research.'
      : `Generated, not scans. Trained on ${SETS[set].data}.`);
  };
  session.addEventListener('settings', show);
  show();
}

function problems(session) {
  const notice = $('#faces-notice');
  on($('button', notice), 'click', () => { notice.hidden = true; });
  session.addEventListener('problem', ({ detail: { message } }) => {
    setText($('span', notice), sentence(message || 'Something went wrong. Choose the scene again.'));
    notice.hidden = false;
  });
  session.addEventListener('state', () => { notice.hidden = true; });
}
