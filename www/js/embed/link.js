// A link's hash as pairs, and the address of an embed: what the element, the dialog and the frame share.

/** What an embed's address may ask for before the `#`. */
export const OPTIONS = ['controls', 'show', 'hide', 'theme', 'scale', 'origins'];

/** The pairs of a hash, values as they stand in it. */
export function pairs(hash) {
  const found = new Map();
  for (const part of String(hash ?? '').replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0) found.set(part.slice(0, at), part.slice(at + 1));
  }
  return found;
}

export const hash = (found) => (found.size ? `#${[...found].map(([key, value]) => `${key}=${value}`).join('&')}` : '');

/** A list keeps its commas: links are read by people too. */
const written = (value) => encodeURIComponent(value).replaceAll('%2C', ',');

/**
 * The hash with some of its pairs changed: `changes` are values by key, null takes a key away. Another
 * scene or preset begins with its own defaults.
 */
export function changed(link, changes) {
  const anew = ['scene', 'preset'].some((key) => changes[key] !== undefined && changes[key] !== null && pairs(link).get(key) !== String(changes[key]));
  const found = anew ? new Map() : pairs(link);
  if (anew && changes.scene === undefined && pairs(link).has('scene')) found.set('scene', pairs(link).get('scene'));
  if (anew && changes.preset === undefined && ['coverage', 'potential', 'transport'].includes(changes.scene) && pairs(link).has('preset')) found.set('preset', pairs(link).get('preset'));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) found.delete(key);
    else found.set(key, written(typeof value === 'boolean' ? Number(value) : value));
  }
  return hash(found);
}

/** The address of an embed: `page` with these options and this hash. What is as usual is left out. */
export function address(page, options, link) {
  const url = new URL(page);
  for (const key of OPTIONS) {
    const value = options[key];
    if (value === undefined) continue;
    if (value === null || value === '' || (key === 'scale' && Number(value) === 1)) url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  url.search = url.search.replaceAll('%2C', ',').replaceAll('+', '%20').replaceAll('%3A', ':').replaceAll('%2F', '/');
  url.hash = link;
  return url.href;
}
