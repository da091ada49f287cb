// The files of the site by the names that they have in the sources: published, most have a hash in
// theirs. xtask hands over what each is called.

const { files } = JSON.parse(process.env.BRENIER_TESTS);

/** The address of a file within the site. */
export function published(file) {
  if (!(file in files)) throw new Error(`the site has no ${file}`);
  return files[file];
}

/** What a published file is called in the sources. */
export const plain = (address) => address.replace(/-[0-9a-f]{8}(?=\.\w+$)/, '');

/** Lets the scripts that a case runs in its pages ask too: `published('js/engine.js')`. */
export const teach = (context) => context.addInitScript((known) => {
  globalThis.published = (file) => {
    if (!(file in known)) throw new Error(`the site has no ${file}`);
    return known[file];
  };
}, files);
