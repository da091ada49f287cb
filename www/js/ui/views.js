// View switches and the numbers behind them: thresholds, samples, domain, tolerance.

import { $, $$, latest, on, setText } from '../dom.js';
import { fixed, plain, sentence, whole } from '../format.js';
import { domainText, fields, readDomain } from './domain.js';

/** `player` shows samples on their way as soon as they are switched on. */
export function views(session, player) {
  const boxes = $$('#views input');
  for (const box of boxes) {
    on(box, 'change', async () => {
      await session.look({ [box.name]: box.checked });
      if (box.name === 'samples' && box.checked) player.play();
    });
  }

  const look = latest((changes) => session.look(changes));
  const slider = (id, key, show) => on($(id), 'input change', () => {
    const value = Number($(id).value);
    setText($(`${id}-out`), show(value));
    look({ [key]: value });
  });
  slider('#kappa', 'kappa', (v) => `${fixed(v, 1)} ×`);
  slider('#theta', 'theta', (v) => `${fixed(v, 2)} rad`);
  slider('#sample-count', 'sampleCount', whole);
  on($('#measure'), 'change', () => session.look({ measure: $('#measure').value }));
  on($('#scale'), 'change', () => {
    if (Number($('#scale').value) > 0) session.look({ scale: Number($('#scale').value) });
  });
  on($('#extended'), 'change', () => session.look({ extended: $('#extended').checked }));
  on($('#tolerance'), 'change', () => session.patch({ tolerance: Number($('#tolerance').value) }));

  const domain = $('#domain');
  const corners = $('#domain-text');
  const wrong = $('#domain-error');
  let known = '';
  async function setDomain() {
    wrong.hidden = true;
    try {
      await session.patch({ domain: domainText(domain.value, corners.value) }, { quiet: true });
    } catch (error) {
      // Rust counts vertices from 0; a person counts the corners that stand in the field.
      const { index, message } = error;
      wrong.textContent = sentence(index >= 0 ? message.replace(`vertex ${index}`, `corner ${index + 1}`).replace('vertices', 'corners') : message);
      wrong.hidden = false;
    }
  }
  on(domain, 'change', () => {
    const field = fields(domain.value, session.frame);
    $('#domain-text-row').hidden = !field;
    if (field) {
      setText($('#domain-text-label'), field.label);
      corners.value = field.value;
    }
    setDomain();
  });
  on(corners, 'change', setDomain);

  function show(view) {
    for (const box of boxes) box.checked = view[box.name];
    for (const row of $$('[data-measure]')) row.hidden = row.dataset.measure !== view.measure;
    const put = (id, value) => {
      if (document.activeElement !== $(id)) $(id).value = value;
    };
    put('#measure', view.measure);
    put('#kappa', view.kappa);
    put('#theta', view.theta);
    put('#scale', view.scale);
    put('#sample-count', view.sampleCount);
    setText($('#kappa-out'), `${fixed(view.kappa, 1)} ×`);
    setText($('#theta-out'), `${fixed(view.theta, 2)} rad`);
    setText($('#sample-count-out'), whole(view.sampleCount));
    $('#extended').checked = view.extended;
  }
  session.addEventListener('look', (event) => show(event.detail));
  session.addEventListener('scenario', (event) => {
    const scene = event.detail;
    show(scene.view);
    if (scene.domain !== known) wrong.hidden = true;
    known = scene.domain;
    if (!document.activeElement || document.activeElement.closest('.more') === null) {
      const { kind, text, label } = readDomain(scene.domain);
      domain.value = kind;
      $('#domain-text-row').hidden = !text;
      if (text) corners.value = text;
      if (label) setText($('#domain-text-label'), label);
    }
    const nearest = [...$('#tolerance').options].find((o) => Number(o.value) === scene.tolerance);
    if (nearest) $('#tolerance').value = nearest.value;
  });
  session.addEventListener('frame', (event) => {
    const { singular, facets } = event.detail;
    if (!singular) return;
    const share = `${whole(singular.count)} of ${whole(facets.length / 2)} facets are singular, of length ${plain(singular.length, 4)} in all.`;
    setText($('#measure-note'), singular.measure === 'angle'
      ? `${share} The angle between the planes’ normals depends on scale and shift: here the points are centred at their mean and multiplied by the scale.`
      : `${share} A facet is singular where the map jumps by more than κ times the median jump, ${plain(singular.median, 4)}: free of scale and shift.`);
  });
}
