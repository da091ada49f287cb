// The potential of the plane's scene, in five parts: the graph of u and its dual, the solver's steps,
// the critic, the way of the mass, and what a network makes of it. The scene is the plane's own
// scenario, drawn otherwise.

import { $, on, setText } from '../dom.js';
import { sentence } from '../format.js';
import { bar } from './bar.js';
import { SECTION } from './markup.js';
import { PotentialSession } from './session.js';
import { states } from './states.js';
import { tabs } from './tabs.js';

/** Fills `section`; `plane` is the plane's session. */
export async function potential(section, plane) {
  section.innerHTML = SECTION;
  const session = new PotentialSession(plane);
  const say = (text) => setText($('#potential-live', section), text);
  bar(section, session);
  states(section, session, say);
  problems(section, session);
  const parts = tabs(section, session, { say });
  // The mathematics is a file of its own: the scene stands without it.
  session.open();
  return {
    session,
    rest() {
      session.rest();
      parts.rest();
    },
    wake() {
      session.wake();
      parts.wake();
    },
  };
}

function problems(section, session) {
  const notice = $('#potential-notice', section);
  const tell = ({ detail: { code, message } }) => {
    if (code === 'cancelled' || section.hidden) return;
    setText($('span', notice), sentence(message || 'Something went wrong. Choose the part again.'));
    notice.hidden = false;
  };
  on($('button', notice), 'click', () => { notice.hidden = true; });
  session.addEventListener('problem', tell);
  session.plane.addEventListener('problem', tell);
  session.addEventListener('shape', () => { notice.hidden = true; });
}
