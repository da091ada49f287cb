// A page in whichever browser, by what WebDriver has: scripts, pointers, keys, pictures.

const KEYS = {
  Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Home: '\uE011',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017',
};
const WAIT = 120_000;

export class Tab {
  /** `driver`: problems, go, call(text of a function, a string), act, release, size, picture, close. */
  constructor(driver) {
    this.driver = driver;
    this.problems = driver.problems;
  }

  /** Opens a page. A busy Firefox may answer while the page before is still there, or just leaves. */
  async go(url) {
    await this.driver.go(url);
    const there = () => this.until((address) => location.href.split('#')[0] === address && document.readyState === 'complete', url.split('#')[0]);
    await there().catch(there);
  }

  size(width, height) { return this.driver.size(width, height); }

  picture() { return this.driver.picture(); }

  close() { return this.driver.close(); }

  /** What a function says in the page; it and its arguments cross as text. */
  async run(work, ...args) {
    const text = await this.driver.call(`async (text) => {
      try {
        return JSON.stringify({ seen: await (${work})(...JSON.parse(text)) ?? null });
      } catch (error) {
        return JSON.stringify({ error: String(error) + '\\n' + error.stack });
      }
    }`, JSON.stringify(args));
    const { seen, error } = JSON.parse(text);
    if (error) throw new Error(error);
    return seen;
  }

  /** Waits until a function of the page says something true, and says it. */
  async until(wanted, ...args) {
    const end = performance.now() + WAIT;
    for (;;) {
      // What WebKit's driver says now and then of a page that is busy; the next look finds it.
      const seen = await this.run(wanted, ...args).catch((error) => {
        if (/Could not parse script result/.test(error.message)) return null;
        throw error;
      });
      if (seen) return seen;
      if (performance.now() > end) throw new Error(`never came: ${wanted} ${JSON.stringify(args)}`);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }

  /** Waits for an element. */
  shows(selector) { return this.until((s) => Boolean(document.querySelector(s)), selector); }

  text(selector) { return this.run((s) => document.querySelector(s).textContent, selector); }

  /** The middle of an element in the window, scrolled to where it is in view. */
  middle(selector) {
    return this.run((s) => {
      const element = document.querySelector(s);
      const inside = () => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      };
      if (!inside()) element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }, selector);
  }

  #pointer(kind, actions) {
    return this.driver.act([{ type: 'pointer', id: kind, parameters: { pointerType: kind }, actions }]);
  }

  async click(selector, kind = 'mouse') {
    const { x, y } = await this.middle(selector);
    await this.#pointer(kind, [move({ x, y }), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }]);
  }

  /** Drags from one place to another; `held` is done before the pointer lets go. */
  async drag(from, to, { kind = 'mouse', held = () => {} } = {}) {
    const way = [1, 2, 3, 4, 5].map((k) => move({ x: from.x + (k / 5) * (to.x - from.x), y: from.y + (k / 5) * (to.y - from.y) }));
    await this.#pointer(kind, [move(from), { type: 'pointerDown', button: 0 }, ...way]);
    await held();
    await this.#pointer(kind, [{ type: 'pointerUp', button: 0 }]);
  }

  /** Keys one after another, each as `Shift+ArrowRight`. */
  press(...chords) {
    const actions = chords.flatMap((chord) => {
      const keys = (chord === '+' ? [chord] : chord.split('+')).map((key) => KEYS[key] ?? key);
      return [...keys.map((value) => ({ type: 'keyDown', value })), ...keys.reverse().map((value) => ({ type: 'keyUp', value }))];
    });
    return this.driver.act([{ type: 'key', id: 'keys', actions }]);
  }
}

const move = ({ x, y }) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 });
