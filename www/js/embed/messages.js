// Messages between the frame and the page around it, version 1. docs/embed.md lists them.
//
// What comes in is read from the parent alone, and from the origins that the address allows; whatever
// is malformed or unknown is left without a word. Answers go to the origin that asked, the rest to the
// parent's where it can be known.

const VERSION = 1;
/** Longest link that is looked at: what fits into an address, with room. */
const LONGEST = 65536;
const OLD = ['slide:start', 'slide:stop'];

const isText = (value) => typeof value === 'string' && value.length <= LONGEST;
const isPlain = (value) => typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
const isState = (value) => isText(value) || (isPlain(value) && Object.entries(value).every(([key, v]) => /^[A-Za-z][A-Za-z0-9]*$/.test(key)
  && (v === null || typeof v === 'boolean' || (typeof v === 'number' && Number.isFinite(v)) || isText(v))));
const within = (low, high) => (value) => value === undefined || (Number.isInteger(value) && value >= low && value <= high);

/** What each message brings, and how it is told to be one. */
const KNOWN = {
  set: { state: isState },
  options: { options: (value) => isPlain(value) },
  play: {},
  pause: {},
  step: { by: (value) => within(-100, 100)(value) && value !== 0 },
  reset: {},
  state: {},
  png: { size: within(16, 4096) },
  'slide:start': {},
  'slide:stop': {},
};

/** A message as { type, id, … }, or null. */
export function read(data) {
  if (OLD.includes(data)) return { type: data };
  if (!isPlain(data)) return null;
  const { source, version, type, id } = data;
  if (source === undefined && version === undefined) {
    // As they were before there were versions.
    if (OLD.includes(type)) return { type };
    return type === 'brenier:open' && isText(data.hash) ? { type: 'set', state: data.hash } : null;
  }
  if (source !== 'brenier' || version !== VERSION || typeof type !== 'string' || !Object.hasOwn(KNOWN, type)) return null;
  if (!(id === undefined || (isText(id) && id.length <= 200) || (typeof id === 'number' && Number.isFinite(id)))) return null;
  for (const [key, fits] of Object.entries(KNOWN[type])) if (!fits(data[key])) return null;
  return data;
}

/** The parent's origin, where the browser tells it. */
function around() {
  const told = location.ancestorOrigins?.[0];
  if (told) return told;
  try {
    return new URL(document.referrer).origin;
  } catch {
    return null;
  }
}
/** An origin as the second argument of postMessage: a page without one can only be reached by `*`. */
const target = (origin) => (origin && origin !== 'null' ? origin : '*');

/**
 * Listens; `allowed` are the origins that may speak, null where any parent may. `handle(message)` gets
 * what is well formed and returns what to answer, or null. Returns `post(type, detail)`.
 */
export function messages({ allowed, handle }) {
  const framed = parent !== window;
  const may = (origin) => allowed === null || allowed.includes(origin);
  /** Where what nobody asked for goes: to whoever spoke last, else to the parent as the browser tells it. */
  let origin = around();
  let known = allowed === null || may(origin);

  const send = (to, type, detail) => parent.postMessage({ source: 'brenier', version: VERSION, type, ...detail }, target(to));
  addEventListener('message', async (event) => {
    if (!framed || event.source !== parent || !may(event.origin)) return;
    const message = read(event.data);
    if (!message) return;
    origin = event.origin;
    known = true;
    const id = message.id === undefined ? {} : { id: message.id };
    try {
      const answer = await handle(message);
      if (answer) send(event.origin, answer.type, { ...answer.detail, ...id });
      else if (message.id !== undefined) send(event.origin, 'done', id);
    } catch (error) {
      send(event.origin, 'error', { code: typeof error.code === 'string' ? error.code : 'embed', message: String(error.message ?? error), ...id });
    }
  });
  return {
    post: (type, detail = {}) => { if (framed && known) send(origin, type, detail); },
    /** A key, as reveal.js takes it by message. */
    reveal: (method) => { if (framed && known) parent.postMessage(JSON.stringify({ method }), target(origin)); },
  };
}
