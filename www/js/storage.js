// What a link is too short for is kept in the browser: the points of the last scene.

const KEY = 'brenier.points';

/** Keeps the scenario that belongs to a link that could not carry it, until the next such one. */
export function remember(link, scenario) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ link, scenario }));
  } catch { /* storage may be full or blocked: the link still restores the scene */ }
}

/** The points kept for this link, or `null`. */
export function recall(link) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    return kept && kept.link === link ? kept.scenario : null;
  } catch {
    return null;
  }
}

export function setting(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`brenier.${name}`);
    if (value === null) localStorage.removeItem(`brenier.${name}`);
    else localStorage.setItem(`brenier.${name}`, value);
  } catch { /* blocked storage loses the choice, nothing else */ }
  return null;
}
