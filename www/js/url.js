// The scene in the address: read on load and on navigation, written when the scene is at rest.

import { remember } from './storage.js';

const REST = 10;

/** Writes the link once no new frame came for some animation frames. */
export class Address {
  constructor(session) {
    this.session = session;
    this.link = '';
    this.carried = true;
    this.step = null;
    this.quiet = 0;
    this.running = false;
    /** Another scene is shown, and the address is its. */
    this.resting = false;
  }

  touch() {
    this.quiet = 0;
    if (this.running) return;
    this.running = true;
    const tick = () => {
      this.quiet += 1;
      if (this.quiet < REST || this.session.held) requestAnimationFrame(tick);
      else {
        this.running = false;
        this.write();
      }
    };
    requestAnimationFrame(tick);
  }

  async write() {
    const { session } = this;
    let answer;
    try {
      answer = await session.engine.link();
      session.setScenario(await session.engine.scenario());
    } catch {
      return;
    }
    const { hash, carried, step } = answer;
    this.carried = carried;
    this.step = step;
    this.link = hash === '' || hash.startsWith('#') ? hash : `#${hash}`;
    if (this.running || this.resting) return;
    history.replaceState(history.state, '', this.link || location.pathname + location.search);
    if (!carried) remember(this.link, session.scenario);
    session.dispatchEvent(new CustomEvent('link', { detail: { link: this.link, carried: this.carried } }));
  }

  /** The whole address of the scene, for `page` (index.html or embed.html). */
  to(page = '') {
    return new URL(page + this.link, new URL('.', location.href)).href;
  }
}
