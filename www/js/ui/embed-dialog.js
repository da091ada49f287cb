// The dialog that writes an embed: a preview that follows, and the code to copy.

import { $, h, on } from '../dom.js';
import { address, pairs } from '../embed/link.js';
import { CONTROLS, SETS } from '../embed/names.js';
import { poster } from '../embed/posters.js';
import { shown } from '../scenes.js';

const SIZES = [
  ['Page, 640 × 700', 640, 700],
  ['Slide, 1280 × 720', 1280, 720],
  ['Half a slide, 620 × 640', 620, 640],
  ['Square, 600 × 600', 600, 600],
  ['Phone, 360 × 420', 360, 420],
  ['Small, 320 × 240', 320, 240],
  ['Projector, 1920 × 1080', 1920, 1080],
];
const OWN = 'own';
/** The preview's place, in CSS pixels: what is larger is shown smaller. */
const PLACE = [440, 330];

const escape = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;');
const part = (name) => $(`#embed-${name}`);

/** Names of the controls that the scene of a link has. */
function controlsOf(link) {
  const found = pairs(link);
  const scene = found.get('scene') ?? 'plane';
  const of = { transport: ['plane'], potential: ['potential', found.get('part') ?? 'graph'] }[scene] ?? [scene];
  return Object.keys(CONTROLS).filter((name) => CONTROLS[name][1].some((place) => of.includes(place)));
}

/** What the dialog says: options of the address, and a size. */
function settings(link) {
  const set = part('controls').value;
  const has = controlsOf(link);
  const kept = has.filter((name) => $(`#embed-keep input[value=${name}]`)?.checked);
  const list = (names) => (names.length ? names.join(',') : null);
  return {
    width: clamp(part('width')),
    height: clamp(part('height')),
    options: {
      controls: set,
      show: list(kept.filter((name) => !SETS[set].includes(name))),
      hide: list(has.filter((name) => SETS[set].includes(name) && !kept.includes(name))),
      theme: part('theme').value || null,
      scale: part('scale').value,
    },
  };
}
const clamp = (field) => Math.min(Number(field.max), Math.max(Number(field.min), Math.round(Number(field.value)) || Number(field.min)));

/** Returns what fills the dialog when it is opened. */
export function embedDialog() {
  const dialog = $('#embed-dialog');
  const base = new URL('.', location.href);
  let link = '';
  let frame = null;

  part('preset').append(...SIZES.map(([name], k) => h('option', { value: k, text: name })), h('option', { value: OWN, text: 'Your own' }));
  put(SIZES[0]);

  function put([, width, height]) {
    part('width').value = width;
    part('height').value = height;
  }
  /** The controls to keep: those of the set, of what the scene has. */
  function keep() {
    const set = SETS[part('controls').value];
    part('keep').replaceChildren($('legend', part('keep')), ...controlsOf(link).map((name) => h('label', {},
      h('input', { type: 'checkbox', value: name, checked: set.includes(name) }), h('span', { text: CONTROLS[name][0] }))));
  }

  function follow() {
    const { width, height, options } = settings(link);
    const url = address(new URL('embed.html', base), options, link);
    preview(url, width, height);
    write(url, width, height, options);
  }
  function preview(url, width, height) {
    const ratio = Math.min(1, part('stage').clientWidth / width || PLACE[0] / width, PLACE[1] / height);
    part('size').textContent = ratio < 1 ? `${width} × ${height} pixels, shown at ${Math.round(100 * ratio)} %` : `${width} × ${height} pixels`;
    Object.assign(part('stage').style, { height: `${Math.round(height * ratio)}px` });
    if (!frame) {
      frame = h('iframe', { title: 'Preview of the embed', src: url });
      part('stage').append(frame);
    } else if (frame.src !== url) {
      // The same frame goes on with other options; another scene is loaded.
      const { options } = settings(link);
      frame.src.split('#')[1] === url.split('#')[1] && frame.contentDocument?.documentElement.dataset.ready !== undefined
        ? frame.contentWindow.postMessage({ source: 'brenier', version: 1, type: 'options', options }, location.origin)
        : frame.setAttribute('src', url);
    }
    Object.assign(frame.style, { width: `${width}px`, height: `${height}px`, transform: `scale(${ratio})`, left: `calc(50% - ${(width * ratio) / 2}px)` });
  }
  function write(url, width, height, options) {
    const script = new URL('js/brenier-demo.js', base).href;
    const { light, alt } = poster(link);
    const page = new URL(`./${link}`, base).href;
    const title = `Brenier. ${alt}`;
    part('iframe').value = `<iframe src="${escape(url)}" width="${width}" height="${height}" loading="lazy" title="${escape(title)}" style="border:0; max-width:100%"></iframe>`;
    const words = Object.entries(options).filter(([key, value]) => value && !(key === 'scale' && value === '1')).map(([key, value]) => ` ${key}="${escape(value)}"`).join('');
    part('element').value = `<script type="module" src="${escape(script)}"></script>\n<brenier-demo src="${escape(new URL('embed.html', base).href)}" hash="${escape(link)}"${words} title="${escape(title)}" style="width:${width}px; aspect-ratio:${width}/${height}">\n  <a href="${escape(page)}"><img src="${escape(light)}" alt="${escape(alt)}"></a>\n</brenier-demo>`;
    part('link').value = url;
    part('markdown').value = `[![${alt}](${light})](${page})`;
  }

  on(part('preset'), 'change', () => {
    const size = SIZES[Number(part('preset').value)];
    if (size) put(size);
    follow();
  });
  on(part('width'), 'input', own);
  on(part('height'), 'input', own);
  function own() {
    const now = [Number(part('width').value), Number(part('height').value)];
    const at = SIZES.findIndex(([, width, height]) => width === now[0] && height === now[1]);
    part('preset').value = at < 0 ? OWN : at;
    follow();
  }
  on(part('controls'), 'change', () => {
    keep();
    follow();
  });
  on(part('keep'), 'change', follow);
  for (const name of ['theme', 'scale']) on(part(name), 'change', follow);
  // Nothing computes that nobody sees.
  on(dialog, 'close', () => {
    frame?.remove();
    frame = null;
  });

  return () => {
    link = shown().address.link;
    keep();
    // The preview is measured once the dialog stands.
    requestAnimationFrame(follow);
    const { width, height, options } = settings(link);
    write(address(new URL('embed.html', base), options, link), width, height, options);
  };
}
