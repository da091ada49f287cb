// Training by hand and by clock, the target, and what is drawn.

import { $, announce, on } from '../dom.js';

const PRESETS = ['grid', 'ring', 'clusters', 'spiral'];

/** What “Noise” stands for: the law of z, and AE-OT's source. */
const NOISE = {
  usual: { law: 'normal', source: 'uniform' },
  normal: { law: 'normal', source: 'gaussian' },
  uniform: { law: 'uniform', source: 'uniform' },
};

export function bar(section, { session, runs, target, film }) {
  const play = $('#cov-play', section);
  const showPlaying = () => {
    const { playing } = runs;
    if (play.getAttribute('aria-pressed') === String(playing)) return;
    play.setAttribute('aria-pressed', String(playing));
    play.setAttribute('aria-label', playing ? 'Pause the training' : 'Train');
    $('use', play).setAttribute('href', playing ? '#i-pause' : '#i-play');
    announce(playing ? 'Training.' : 'Training rests.');
  };
  const toggle = () => (runs.playing ? runs.pause() : runs.play());
  on(play, 'click', toggle);
  on(document, 'keydown', (event) => {
    if (event.key !== ' ' || event.target !== document.body || document.documentElement.dataset.scene !== 'coverage') return;
    event.preventDefault();
    if (film.shown) film.toggle();
    else toggle();
  });
  runs.addEventListener('state', showPlaying);
  runs.addEventListener('begin', showPlaying);
  runs.addEventListener('list', showPlaying);
  for (const [id, which] of [['step', 'both'], ['d', 'discriminator'], ['g', 'generator']]) on($(`#cov-${id}`, section), 'click', () => runs.step(which));
  on($('#cov-reset', section), 'click', () => runs.reset());
  on($('#cov-speed', section), 'change', ({ target: { value } }) => runs.speed(value ? Number(value) : null));

  on($('#cov-target', section), 'change', ({ target: { value } }) => {
    if (value === 'own') target.own();
    else session.patch({ preset: value });
  });
  on($('#cov-seed', section), 'change', ({ target: input }) => {
    if (input.reportValidity() && input.value !== '') session.patch({ seed: Number(input.value) });
  });
  on($('#cov-dice', section), 'click', () => session.patch({ seed: 1 + Math.floor(Math.random() * 99999) }));
  for (const which of ['undo', 'redo']) on($(`#cov-${which}`, section), 'click', () => session.step(which));

  const gans = (patch) => session.patch({ gans: patch });
  on($('#cov-views', section), 'change', ({ target: { name, checked } }) => gans({ [name]: checked }));
  on($('#cov-packing', section), 'change', ({ target: { value } }) => gans({ packing: Number(value) }));
  on($('#cov-loss', section), 'change', ({ target: { value } }) => gans({ loss: value }));
  on($('#cov-architecture', section), 'change', ({ target: { value } }) => gans({ architecture: value }));
  on($('#cov-goal', section), 'change', ({ target: { value } }) => gans({ goal: Number(value) }));
  on($('#cov-law', section), 'change', ({ target: { value } }) => {
    const { law, source } = NOISE[value];
    session.patch({ gans: { law }, source });
  });

  const put = (id, value) => {
    const select = $(id, section);
    const known = [...select.options].some((o) => o.value === String(value));
    if (!known) select.append(new Option(`${Number(value).toLocaleString('en-US')} steps`, value));
    select.value = value;
  };
  const follow = () => {
    const { scenario } = session;
    if (!scenario) return;
    const { gans: g, preset, source, seed } = scenario;
    put('#cov-target', PRESETS.includes(preset) && !scenario.points ? preset : PRESETS.includes(preset) ? preset : 'own');
    if (document.activeElement !== $('#cov-seed', section)) $('#cov-seed', section).value = seed;
    for (const input of section.querySelectorAll('#cov-views input')) input.checked = g[input.name];
    put('#cov-packing', g.packing);
    put('#cov-loss', g.loss);
    put('#cov-architecture', g.architecture);
    put('#cov-goal', g.goal);
    const noise = Object.entries(NOISE).find(([, n]) => n.law === g.law && n.source === source);
    $('#cov-law', section).value = noise ? noise[0] : '';
  };
  session.addEventListener('scenario', follow);
  session.addEventListener('frame', ({ detail }) => {
    $('#cov-undo', section).disabled = !detail.canUndo;
    $('#cov-redo', section).disabled = !detail.canRedo;
  });
  follow();
  if (session.frame) {
    $('#cov-undo', section).disabled = !session.frame.canUndo;
    $('#cov-redo', section).disabled = !session.frame.canRedo;
  }
}
