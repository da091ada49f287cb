// What to do where a part of the page could not be fetched.

const BUILD = /data-build="(\w*)"/;

/**
 * What helps: `again` is how it is tried again, such as “choose it again”. A release that its host has
 * deleted is asked for in vain: the page of the new one is at the same address.
 */
export async function remedy(again) {
  const { build } = document.documentElement.dataset;
  try {
    const answer = await fetch(location.href.split('#')[0], { cache: 'no-cache' });
    const now = answer.ok && BUILD.exec(await answer.text())?.[1];
    if (build && now && now !== build) return 'The page has been renewed since: reload it, and your scene is here again.';
  } catch { /* the connection it is */ }
  return `Check the connection and ${again}.`;
}
