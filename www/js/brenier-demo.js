// <brenier-demo src="https://…/embed.html#…" poster="picture.png">: the embed as an element.
//
// It shows its poster, or a quiet frame, until it comes into view; then it loads the figure.
// Off screen the figure pauses. Messages from the figure arrive as events `brenier:ready`,
// `brenier:frame`, `brenier:state`, `brenier:error` whose `detail` is the message.

const STYLE = `
  :host { display: block; position: relative; aspect-ratio: 1 / 1.07; max-width: 100%; }
  :host([hidden]) { display: none; }
  :host(:not([data-ready])) { outline: 1px solid color-mix(in srgb, currentColor 18%, transparent); outline-offset: -1px; }
  iframe, img { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; object-fit: contain; }
  iframe { opacity: 0; }
  iframe.ready { opacity: 1; }
  iframe.ready ~ img { display: none; }
  img { pointer-events: none; object-position: top; }
`;

class BrenierDemo extends HTMLElement {
  static observedAttributes = ['src'];

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    // A constructed sheet, so that a page without 'unsafe-inline' may use the element.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.frame = document.createElement('iframe');
    this.frame.title = this.title || 'Brenier: optimal transport';
    this.frame.allow = 'clipboard-write';
    root.append(this.frame);
    this.hear = this.hear.bind(this);
  }

  connectedCallback() {
    // The default scene has a picture of its own; another shows what the page gives, or a frame.
    const own = (this.getAttribute('src') ?? '').includes('#') ? null : new URL('../poster.svg', import.meta.url).href;
    const picture = this.getAttribute('poster') ?? own;
    if (picture && !this.poster) {
      this.poster = document.createElement('img');
      this.poster.src = picture;
      this.poster.alt = '';
      this.shadowRoot.append(this.poster);
    }
    addEventListener('message', this.hear);
    this.watch = new IntersectionObserver((entries) => {
      const seen = entries.at(-1).isIntersecting;
      if (seen && !this.frame.src) this.load();
      else this.post(seen ? 'slide:start' : 'slide:stop');
    }, { rootMargin: '100px' });
    this.watch.observe(this);
  }

  disconnectedCallback() {
    removeEventListener('message', this.hear);
    this.watch?.disconnect();
  }

  attributeChangedCallback() {
    if (this.frame.src) this.load();
  }

  load() {
    const src = this.getAttribute('src') ?? '';
    this.frame.classList.remove('ready');
    this.removeAttribute('data-ready');
    this.frame.src = new URL(src || 'embed.html', src ? document.baseURI : new URL('..', import.meta.url)).href;
  }

  /** Sends a message to the figure: `slide:start`, `slide:stop`, or an object. */
  post(message) {
    if (this.frame.src) this.frame.contentWindow?.postMessage(message, '*');
  }

  hear(event) {
    if (event.source !== this.frame.contentWindow) return;
    if (event.data === 'slide:start' || event.data === 'slide:stop') {
      this.post(event.data);
      return;
    }
    if (event.data?.source !== 'brenier') return;
    const { type } = event.data;
    if (type === 'ready') {
      this.frame.classList.add('ready');
      this.setAttribute('data-ready', '');
    }
    if (type === 'key') {
      const { key, code, shiftKey } = event.data;
      this.dispatchEvent(new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true, composed: true }));
      return;
    }
    this.dispatchEvent(new CustomEvent(`brenier:${type}`, { detail: event.data, bubbles: true, composed: true }));
  }
}

if (!customElements.get('brenier-demo')) customElements.define('brenier-demo', BrenierDemo);
