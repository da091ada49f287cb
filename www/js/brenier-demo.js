// <brenier-demo scene="potential" part="path" controls="few">: the embed as an element. docs/embed.md
// lists its attributes, events and methods.
//
// It shows a picture until it comes into view, on paper, and where there is no JavaScript (what
// stands inside it); then it loads the figure. Off screen the figure pauses.

import { OPTIONS, address, changed } from './embed/link.js';
import { poster } from './embed/posters.js';

// The frame stands in the page's own tree, where frames of one page find one another and share the
// solver (embed/share.js); what the page says of iframes is not meant for it.
const STYLE = `
  :host { display: block; position: relative; aspect-ratio: 1 / 1.07; max-width: 100%; }
  :host([hidden]) { display: none; }
  :host(:not([data-ready])) { outline: 1px solid color-mix(in srgb, currentColor 18%, transparent); outline-offset: -1px; }
  ::slotted(iframe[slot="frame"]), .still { position: absolute !important; inset: 0; width: 100% !important; height: 100% !important; max-width: none !important; max-height: none !important; margin: 0 !important; border: 0 !important; }
  :host(:not([data-ready])) ::slotted(iframe[slot="frame"]) { opacity: 0 !important; }
  :host([data-ready]) .still { display: none; }
  .still { pointer-events: none; overflow: hidden; }
  .still img, .still ::slotted(*) { display: block; width: 100% !important; height: 100% !important; max-width: none !important; max-height: none !important; margin: 0 !important; object-fit: contain; object-position: top; }
  @media print {
    ::slotted(iframe[slot="frame"]) { display: none !important; }
    .still, :host([data-ready]) .still { display: block; }
  }
`;
/** Attributes that are parts of the link, by the key they have in it. */
const LINK = ['scene', 'part', 'preset', 'count', 'seed', 'sigma', 'modes', 'text', 'domain', 'method', 'source', 'shape', 'solver', 't'];
const SOURCE = ['src', 'hash', ...LINK];

class BrenierDemo extends HTMLElement {
  static observedAttributes = [...SOURCE, ...OPTIONS, 'poster', 'title'];

  #frame = document.createElement('iframe');
  #still = document.createElement('div');
  #waiting = new Map();
  #id = 0;
  #ready = false;
  #watch = null;
  #due = false;
  #state = '';

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    // A constructed sheet, so that a page without 'unsafe-inline' may use the element.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#frame.allow = 'clipboard-write; fullscreen';
    this.#still.className = 'still';
    this.#still.setAttribute('part', 'poster');
    this.#frame.slot = 'frame';
    const place = document.createElement('slot');
    place.name = 'frame';
    root.append(place, this.#still);
    this.#watch = new IntersectionObserver((entries) => {
      const seen = entries.at(-1).isIntersecting;
      if (seen && !this.#frame.src) this.#load();
      else this.post(seen ? 'slide:start' : 'slide:stop');
    }, { rootMargin: '100px' });
  }

  connectedCallback() {
    this.#picture();
    this.append(this.#frame);
    this.#frame.title = this.title || 'Brenier: optimal transport';
    addEventListener('message', this.#hear);
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    removeEventListener('message', this.#hear);
    this.#watch.disconnect();
    this.#forget('The demo was taken out of the page.');
    // A frame that is put back begins anew.
    this.#unload();
    this.#frame.remove();
  }

  attributeChangedCallback(name, old, value) {
    if (old === value || !this.isConnected) return;
    if (name === 'title') this.#frame.title = value || 'Brenier: optimal transport';
    else if (!this.#due) {
      // Attributes that change together are told together.
      this.#due = true;
      queueMicrotask(() => this.#follow());
    }
  }

  /** After some attributes have changed: the frame is told, or loaded anew where it is another page. */
  #follow() {
    this.#due = false;
    if (!this.isConnected) return;
    this.#picture();
    if (!this.#frame.src) return;
    const next = new URL(this.#address());
    const now = new URL(this.#frame.src);
    if (next.origin + next.pathname !== now.origin + now.pathname || next.searchParams.get('origins') !== now.searchParams.get('origins')) {
      this.#load();
      return;
    }
    const options = Object.fromEntries(OPTIONS.filter((key) => key !== 'origins').map((key) => [key, next.searchParams.get(key)]));
    this.#ask({ type: 'options', options }).catch(this.#tell);
    if (next.hash !== this.#state) {
      this.#state = next.hash;
      this.#ask({ type: 'set', state: next.hash }).catch(this.#tell);
    }
  }

  #link() {
    const own = this.getAttribute('hash') ?? (this.getAttribute('src') ?? '').replace(/^[^#]*/, '');
    const parts = LINK.filter((key) => this.hasAttribute(key)).map((key) => [key, this.getAttribute(key)]);
    return parts.length ? changed(own, Object.fromEntries(parts)) : own;
  }

  #address() {
    const src = this.getAttribute('src') ?? '';
    const page = new URL(src || '../embed.html', src ? document.baseURI : import.meta.url);
    const options = Object.fromEntries(OPTIONS.filter((key) => this.hasAttribute(key)).map((key) => [key, this.getAttribute(key)]));
    return address(page, options, this.#link());
  }

  /** The picture: what stands inside the element, the one it names, or that of its scene. */
  #picture() {
    const slot = document.createElement('slot');
    const own = this.getAttribute('poster');
    const { light, dark, alt } = own ? { light: own, dark: own, alt: '' } : poster(this.#link());
    const image = Object.assign(document.createElement('img'), { src: light, alt });
    const theme = this.getAttribute('theme');
    const picture = document.createElement('picture');
    if (theme === 'dark' && matchMedia('screen').matches) image.src = dark;
    else if (theme !== 'light' && dark !== light) picture.append(Object.assign(document.createElement('source'), { srcset: dark, media: 'screen and (prefers-color-scheme: dark)' }));
    picture.append(image);
    slot.append(picture);
    // A picture that is named comes before what stands inside.
    this.#still.replaceChildren(own ? picture : slot);
  }

  #load() {
    this.#forget('The demo shows another page now.');
    this.#unload();
    const src = this.#address();
    this.#state = new URL(src).hash;
    this.#frame.src = src;
  }

  #unload() {
    this.#ready = false;
    this.#frame.removeAttribute('src');
    this.removeAttribute('data-ready');
  }

  #forget(message) {
    for (const { reject } of this.#waiting.values()) reject(Object.assign(new Error(message), { code: 'gone' }));
    this.#waiting.clear();
  }

  /** Sends a message to the figure: `slide:start`, `slide:stop`, or an object of docs/embed.md. */
  post(message) {
    if (this.#frame.src) this.#frame.contentWindow?.postMessage(message, new URL(this.#frame.src).origin);
  }

  /** Sends a message and waits for its answer; loads the figure where it is not yet. */
  #ask(message) {
    if (!this.isConnected) return Promise.reject(Object.assign(new Error('The demo is in no page.'), { code: 'gone' }));
    if (!this.#frame.src) this.#load();
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve, reject) => {
      const send = () => this.post({ source: 'brenier', version: 1, id, ...message });
      this.#waiting.set(id, { resolve, reject, send });
      // A frame that still loads hears nothing.
      if (this.#ready) send();
    });
  }

  play() { return this.#ask({ type: 'play' }).then(() => {}); }
  pause() { return this.#ask({ type: 'pause' }).then(() => {}); }
  step(by = 1) { return this.#ask({ type: 'step', by }).then(() => {}); }
  reset() { return this.#ask({ type: 'reset' }).then(() => {}); }
  /** A whole link as text, or some of its parts as an object; null takes a part away. */
  setState(state) { return this.#ask({ type: 'set', state }).then(() => {}); }
  /** { hash, scene, carried }. */
  state() { return this.#ask({ type: 'state' }).then(({ hash, scene, carried }) => ({ hash, scene, carried })); }
  /** The figure as a PNG of `size` pixels on its longer side. */
  png(size = 2048) { return this.#ask({ type: 'png', size }).then(({ blob }) => blob); }

  #tell = ({ code, message }) => {
    if (code !== 'gone') this.#emit('error', { source: 'brenier', version: 1, type: 'error', code, message });
  };

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(`brenier:${type}`, { detail, bubbles: true, composed: true }));
  }

  #hear = (event) => {
    if (!this.#frame.src || event.source !== this.#frame.contentWindow || event.origin !== new URL(this.#frame.src).origin) return;
    const { data } = event;
    if (data?.source !== 'brenier' || typeof data.type !== 'string') return;
    const { type, id } = data;
    if (id !== undefined) {
      const asked = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (type === 'error') asked?.reject(Object.assign(new Error(data.message), { code: data.code }));
      else asked?.resolve(data);
      return;
    }
    if (type === 'ready') {
      this.#ready = true;
      this.setAttribute('data-ready', '');
      for (const { send } of this.#waiting.values()) send();
    }
    if (type === 'key') {
      const { key, code, shiftKey } = data;
      this.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, composed: true }));
      return;
    }
    this.#emit(type, data);
  };
}

if (!customElements.get('brenier-demo')) customElements.define('brenier-demo', BrenierDemo);
