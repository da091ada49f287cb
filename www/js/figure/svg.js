// A drawing surface that writes SVG: the small part of CanvasRenderingContext2D the painter uses.

const round = (x) => {
  const text = x.toFixed(2);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};
const escape = (text) => String(text).replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

export class SvgSurface {
  constructor(size) {
    this.size = size;
    this.parts = [];
    this.path = [];
    this.dash = [];
    this.stack = [];
    this.gradients = [];
    Object.assign(this, { fillStyle: '#000', strokeStyle: '#000', lineWidth: 1, globalAlpha: 1, lineJoin: 'miter', lineCap: 'butt' });
  }

  save() {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, lineJoin, lineCap, dash } = this;
    this.stack.push({ fillStyle, strokeStyle, lineWidth, globalAlpha, lineJoin, lineCap, dash });
  }
  restore() { Object.assign(this, this.stack.pop()); }
  beginPath() { this.path = []; }
  moveTo(x, y) { this.path.push(`M${round(x)} ${round(y)}`); }
  lineTo(x, y) { this.path.push(`L${round(x)} ${round(y)}`); }
  closePath() { this.path.push('Z'); }
  rect(x, y, w, h) { this.path.push(`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}Z`); }

  /** Full circles only; a `moveTo` before it is harmless. */
  arc(x, y, r) {
    const d = round(2 * r);
    const q = round(r);
    this.path.push(`M${round(x - r)} ${round(y)}a${q} ${q} 0 1 0 ${d} 0a${q} ${q} 0 1 0 -${d} 0Z`);
  }
  /** From the middle of a circle to its rim; `stops` are #rrggbbaa. */
  createRadialGradient(x, y, _r0, _x1, _y1, r) {
    const gradient = { x, y, r, stops: [], addColorStop: (at, colour) => gradient.stops.push([at, colour]) };
    return gradient;
  }
  #paint(style) {
    if (typeof style === 'string') return escape(style);
    let at = this.gradients.indexOf(style);
    if (at < 0) at = this.gradients.push(style) - 1;
    return `url(#gradient-${at})`;
  }
  setLineDash(dash) { this.dash = dash; }

  fill() { this.#emit(`fill="${this.#paint(this.fillStyle)}"`); }
  stroke() {
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    const cap = this.lineCap === 'butt' ? '' : ` stroke-linecap="${this.lineCap}"`;
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(round).join(' ')}"` : '';
    this.#emit(`fill="none" stroke="${escape(this.strokeStyle)}" stroke-width="${round(this.lineWidth)}"${join}${cap}${dash}`);
  }
  fillRect(x, y, w, h) {
    this.path = [];
    this.rect(x, y, w, h);
    this.fill();
  }
  #emit(attributes) {
    if (!this.path.length) return;
    const alpha = this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : '';
    this.parts.push(`<path d="${this.path.join('')}" ${attributes}${alpha}/>`);
  }

  toString(title) {
    const s = round(this.size);
    const stop = ([at, colour]) => `<stop offset="${round(at)}" stop-color="${colour.slice(0, 7)}" stop-opacity="${(parseInt(colour.slice(7), 16) / 255).toFixed(3)}"/>`;
    const defs = this.gradients.map(({ x, y, r, stops }, k) => `<radialGradient id="gradient-${k}" gradientUnits="userSpaceOnUse" cx="${round(x)}" cy="${round(y)}" r="${round(r)}">${stops.map(stop).join('')}</radialGradient>\n`).join('');
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${s}" height="${s}" viewBox="0 0 ${s} ${s}">\n<title>${escape(title)}</title>\n${defs}${this.parts.join('\n')}\n</svg>\n`;
  }
}
