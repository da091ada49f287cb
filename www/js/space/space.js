// The scene in space, wired. scenes.js loads it when it is first opened.

import { $, $$, h, on, setText } from '../dom.js';
import { fixed, percent, plain, sentence, whole } from '../format.js';
import { readInto, takers, textDialog } from '../ui/dialogs.js';
import { logScale, nice } from '../ui/scale.js';
import { Cloud } from './cloud.js';
import { section } from './cut.js';
import { takeAway } from './exports.js';
import { lathe } from './lathe.js';
import { DIALOG, SECTION } from './markup.js';
import { Maths } from './maths.js';
import { numbers } from './numbers.js';
import { orbit } from './orbit.js';
import { player } from './player.js';
import { PROSE } from './prose.js';
import { SpaceSession } from './session.js';
import { becomes, SOURCES, shapes } from './shapes.js';

const COUNT = logScale(50, 5000, nice);

/** Fills `place`, and resolves to the session when its first scene stands. */
export async function space(place, hash) {
  place.innerHTML = SECTION;
  const maths = await Maths.load();
  document.body.append(Object.assign(h('dialog', { id: 'space-import-dialog', 'aria-labelledby': 'space-import-title' }), { innerHTML: DIALOG }));
  // An embed has no text.
  $('#prose')?.after(Object.assign(h('article', { class: 'prose', id: 'space-prose' }), { innerHTML: PROSE }));
  const say = (text) => setText($('#space-live'), text);
  const session = new SpaceSession(maths);
  const cloud = new Cloud($('#space-figure'));
  const play = player(session, cloud, say);
  // The eye is part of the scene once it rests.
  let rest = 0;
  const moved = () => {
    clearTimeout(rest);
    rest = setTimeout(() => session.look(cloud.camera.view), 400);
  };
  orbit(cloud, $('#space-figure'), $('#space-keys'), moved, say);
  numbers(session, say);
  const draw = shapes(session);
  const profile = lathe((value) => session.patch({ shape: 'lathe', profile: value }));
  controls(session, cloud, profile);
  own(session, say);
  takeAway(session, cloud);
  section(session, cloud);

  session.addEventListener('scene', ({ detail }) => cloud.setScene(detail, session.space.source));
  session.addEventListener('progress', ({ detail: { positions, winners } }) => {
    if (positions.length) cloud.setSamples(positions);
    if (winners.length) cloud.setCells(winners, null);
  });
  session.addEventListener('cells', ({ detail: { winners, jumps } }) => cloud.setCells(winners, jumps.relative));
  session.addEventListener('look', ({ detail }) => {
    const { yaw, pitch, zoom, ...view } = detail;
    if (!play.playing) cloud.set(view);
  });
  const eye = () => {
    cloud.camera.stop();
    cloud.camera.set(session.space.view);
    cloud.invalidate();
  };
  problems(session);
  await session.open(hash);
  eye();
  document.documentElement.dataset.spaceReady = 'true';
  draw();
  return {
    session,
    async open(link) {
      await session.open(link);
      eye();
    },
    rest() {
      play.pause();
      session.rest();
    },
    wake: () => session.wake(),
    play: play.play,
  };
}

function controls(session, cloud, profile) {
  const count = $('#space-count');
  on(count, 'input change', (event) => {
    const value = COUNT.value(Number(count.value));
    setText($('#space-count-out'), whole(value));
    if (event.type === 'change') session.patch({ count: value });
  });
  on($('#space-source'), 'change', () => session.patch({ source: $('#space-source').value }));
  on($('#space-text'), 'change', () => {
    const text = $('#space-text').value.trim();
    if (text) session.patch({ text });
  });
  const seed = (value) => session.patch({ seed: value });
  on($('#space-seed'), 'change', () => seed(Math.min(4294967295, Math.max(0, Math.floor(Number($('#space-seed').value) || 0)))));
  on($('#space-dice'), 'click', () => seed(Math.floor(Math.random() * 100000)));
  on($('#space-kappa'), 'input change', () => session.look({ kappa: Number($('#space-kappa').value) }));
  const cut = $('#space-cut');
  on(cut, 'input', () => {
    // A new cut is made from where one looks, and stays there while one turns.
    const { yaw, pitch } = cloud.camera.view;
    session.look(session.space.view.cut > 0 ? { cut: Number(cut.value) } : { cut: Number(cut.value), cutYaw: yaw, cutPitch: pitch });
  });
  const boxes = $$('#space-views input');
  for (const box of boxes) on(box, 'change', () => session.look({ [box.name]: box.checked }));

  session.addEventListener('space', ({ detail: s }) => {
    const put = (field, value) => {
      if (document.activeElement !== field) field.value = value;
    };
    $('#space-error').hidden = true;
    setText($('#space-becomes'), becomes(s.shape));
    $('#space-source').value = s.source;
    for (const place of $$('[data-space=source]')) setText(place, SOURCES[s.source]);
    const own = s.shape === 'own';
    const sites = own ? s.points.length : s.count;
    setText($('[data-space=count]'), whole(sites));
    put(count, COUNT.position(sites));
    count.disabled = own;
    setText($('#space-count-out'), whole(sites));
    $('#space-text-row').hidden = s.shape !== 'letters';
    put($('#space-text'), s.text);
    $('#space-lathe-row').hidden = s.shape !== 'lathe';
    profile.show(s.profile);
    put($('#space-seed'), s.seed);
    $('#space-keys').setAttribute('aria-label', `Samples of ${SOURCES[s.source]}, coloured by the cell of ${whole(sites)} points. It ${becomes(s.shape)}`);
  });
  const tear = () => {
    const { view } = session.space;
    const { cells } = session;
    const note = $('#space-tear-note');
    $('#space-kappa-row').hidden = note.hidden = !view.tear;
    setText($('#space-kappa-out'), `${fixed(view.kappa, 1)} ×`);
    if (!view.tear) return;
    const near = cells ? cells.jumps.relative.reduce((n, jump) => n + (jump > view.kappa), 0) : 0;
    const share = cells ? `${percent(near / cells.winners.length, 1)} of the samples are near it. ` : 'The cells are not solved yet. ';
    setText(note, `${share}A sample counts where the map jumps, across the nearest wall of its cell, by more than κ times the median${cells ? `, ${plain(cells.jumps.median, 3)}` : ''}: free of scale and shift.`);
  };
  session.addEventListener('look', ({ detail: v }) => {
    for (const box of boxes) box.checked = v[box.name];
    if (document.activeElement !== cut) cut.value = v.cut;
    setText($('#space-cut-out'), `${Math.round(100 * v.cut)} %`);
    if (document.activeElement !== $('#space-kappa')) $('#space-kappa').value = v.kappa;
    tear();
  });
  session.addEventListener('cells', tear);
}

/** Own points: by the dialog, by paste, by a file dropped anywhere while the scene is shown. */
function own(session, say) {
  const dialog = textDialog('space-import', async (text) => {
    say(`${whole(await session.bring(text))} points.`);
  });
  on($('#space-own'), 'click', () => $('#space-import-dialog').showModal());
  on($('#space-import-dialog'), 'click', (event) => {
    if (event.target === event.currentTarget) event.target.close();
  });
  on($('#space-import-file'), 'change', () => readInto(dialog, $('#space-import-file')));
  takers.set('html[data-scene="space"]', { dialog, words: 'Drop the file to use its points in space' });
}

/** What went wrong: beside its control where it has one, else over the figure. */
function problems(session) {
  const notice = $('#space-notice');
  on($('button', notice), 'click', () => { notice.hidden = true; });
  session.addEventListener('problem', ({ detail: { code, message } }) => {
    const beside = code === 'text' || code === 'shape';
    const place = beside ? $('#space-error') : $('span', notice);
    setText(place, sentence(message || 'The solver stopped without saying why. Solve again.'));
    (beside ? place : notice).hidden = false;
  });
  session.addEventListener('scene', () => { notice.hidden = true; });
}

