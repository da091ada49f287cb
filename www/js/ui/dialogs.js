// Dialogs: share, embed, cite, and own points by paste, file or drop.

import { $, $$, announce, on } from '../dom.js';
import { plain, sentence, whole } from '../format.js';
import { shown } from '../scenes.js';
import { VERSION } from '../version.js';
import { embedDialog } from './embed-dialog.js';

export const PAPER = `@article{lei2020geometric,
  title   = {A Geometric Understanding of Deep Learning},
  author  = {Lei, Na and An, Dongsheng and Guo, Yang
             and Su, Kehua and Liu, Shixia
             and Luo, Zhongxuan and Yau, Shing-Tung
             and Gu, Xianfeng},
  journal = {Engineering},
  volume  = {6},
  number  = {3},
  pages   = {361--374},
  year    = {2020}
}

@inproceedings{an2020aeot,
  title     = {{AE-OT}: A new generative model based
               on extended semi-discrete optimal
               transport},
  author    = {An, Dongsheng and Guo, Yang and Lei, Na
               and Luo, Zhongxuan and Yau, Shing-Tung
               and Gu, Xianfeng},
  booktitle = {International Conference on Learning
               Representations},
  year      = {2020}
}`;

const brenier = (url) => `@software{brenier,
  title   = {Brenier: optimal transport you can drag},
  version = {${VERSION}},
  url     = {${url}},
  note    = {Accessed ${new Date().toISOString().slice(0, 10)}}
}`;

export function dialogs(session, states) {
  const fill = {
    'share-dialog': () => {
      $('#share-link').value = shown().address.to();
      const { carried, step } = shown().address;
      $('#share-note').hidden = carried && !step;
      $('#share-note').textContent = carried
        ? `Your own points are rounded to ${plain(step, 2)} in the link. Save them as a file to keep every digit.`
        : 'These points are too many for a link. It restores the scene without them; save the plan as a file and send both.';
    },
    'embed-dialog': embedDialog(),
    'cite-dialog': () => {
      $('#cite-paper').value = PAPER;
      $('#cite-brenier').value = brenier(shown().address.to());
    },
  };

  on(document, 'click', async (event) => {
    const opener = event.target.closest?.('[data-dialog]');
    if (opener) {
      if (session.engine) await shown().address.write();
      fill[opener.dataset.dialog]?.();
      const dialog = $(`#${opener.dataset.dialog}`);
      // A field filled by a program has its caret at the end, and focus would scroll it there.
      for (const text of $$('textarea[readonly]', dialog)) text.setSelectionRange(0, 0);
      dialog.showModal();
    }
    const copier = event.target.closest?.('[data-copy]');
    if (copier) copy(copier);
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
  async function copy(button) {
    const field = $(`#${button.dataset.copy}`);
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      document.execCommand('copy');
    }
    const before = button.textContent;
    button.textContent = 'Copied';
    announce('Copied.');
    setTimeout(() => { button.textContent = before; }, 1400);
  }
  if (navigator.share) {
    $('#native-share').hidden = false;
    on($('#native-share'), 'click', () => navigator.share({ title: document.title, url: shown().address.to() }).catch(() => {}));
  }

  const own = textDialog('import', async (text, name) => {
    const frame = await session.bring(text, name);
    if (frame) announce(`${whole(frame.count)} points.`);
    states.hush();
  });
  on($('#import-file'), 'change', () => readInto(own, $('#import-file')));
  takers.set('body', { dialog: own, words: 'Drop the file to use its points' });
  drop();
  paste();
}

/** What stands for a file's name where there is no file. */
const PASTED = 'pasted';

/** Which dialog takes what is dropped or pasted, by the part of the page it is brought to. */
export const takers = new Map();
const takerAt = (target) => {
  const part = [...takers.keys()].find((selector) => selector !== 'body' && target?.closest?.(selector));
  return takers.get(part ?? 'body');
};

/** Text pasted outside any field, where it looks like rows of numbers. */
function paste() {
  on(document, 'paste', (event) => {
    if (event.target.closest?.('input, textarea, dialog')) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/-?[\d.]+\s*[,;\t ]\s*-?[\d.]+/.test(text)) return;
    event.preventDefault();
    takerAt(document.activeElement).dialog.take(text, PASTED);
  });
}

/**
 * A dialog whose text is used, or refused with the line's number while the text stays. `named`
 * hears the name of a file that was chosen or dropped.
 */
export function textDialog(id, use, named) {
  const dialog = $(`#${id}-dialog`);
  const area = $(`#${id}-text`);
  const error = $(`#${id}-error`);
  const button = $(`#${id}-use`);
  let name = PASTED;

  function refuse(problem) {
    const { line, message } = problem;
    error.textContent = line && !new RegExp(`\\b${line}\\b`).test(message) ? `Line ${line}: ${message}` : sentence(message);
    error.hidden = false;
    error.dataset.line = line ?? '';
    area.setAttribute('aria-invalid', 'true');
    if (line) mark(area, line);
  }
  async function go() {
    error.hidden = true;
    area.removeAttribute('aria-invalid');
    button.disabled = true;
    try {
      await use(area.value, name);
      dialog.close();
    } catch (problem) {
      refuse(problem);
    } finally {
      button.disabled = false;
    }
  }
  on(button, 'click', go);
  on(area, 'input', () => {
    error.hidden = true;
    name = PASTED;
  });
  // A long text goes in as one piece: typing it in, line by line, would take browsers minutes.
  on(area, 'paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length < 20000) return;
    event.preventDefault();
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input'));
  });
  on(area, 'keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go();
  });
  return {
    async take(text, fileName) {
      area.value = text;
      name = fileName;
      if (fileName !== PASTED) named?.(fileName);
      if (!dialog.open) dialog.showModal();
      await go();
    },
  };
}

/** Selects a line of a text area and brings it into view. */
function mark(area, line) {
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1] ?? '').length);
  area.scrollTop = (area.scrollHeight * Math.max(0, line - 4)) / Math.max(1, lines.length);
}

export async function readInto(dialog, input) {
  const [file] = input.files;
  input.value = '';
  if (file) await dialog.take(await file.text(), file.name);
}

/** The whole page takes a dropped file. */
function drop() {
  const veil = $('#drop');
  const files = (event) => event.dataTransfer?.types.includes('Files') && !$$('dialog').some((d) => d.open && !d.querySelector('textarea:not([readonly])'));
  const open = () => $$('dialog').find((d) => d.open);
  let depth = 0;
  on(window, 'dragenter', (event) => {
    if (!files(event)) return;
    depth += 1;
    veil.hidden = false;
  });
  on(window, 'dragleave', () => {
    depth = Math.max(0, depth - 1);
    if (!depth) veil.hidden = true;
  });
  on(window, 'dragover', (event) => {
    if (!files(event)) return;
    event.preventDefault();
    $('p', veil).textContent = takerAt(open() ?? event.target).words;
  });
  on(window, 'drop', async (event) => {
    if (!files(event)) return;
    event.preventDefault();
    depth = 0;
    veil.hidden = true;
    const [file] = event.dataTransfer.files;
    if (file) await takerAt(open() ?? event.target).dialog.take(await file.text(), file.name);
  });
}
