// A field whose colours run to two sides is told apart without them too: where it is clearly below or
// above its middle, a small triangle points down or up.

/** Distance of two triangles and the radius of one, in pixels of a figure. */
const STEP = 44;
const RADIUS = 3.2;
/** The share of the way from the middle to an end at which a place has a side. */
export const CLEAR = 0.3;

/** One triangle as a part of a path, pointing up where `t` is positive. */
export function sign(c, x, y, t) {
  const up = t > 0 ? -1 : 1;
  c.moveTo(x, y + up * RADIUS);
  c.lineTo(x + RADIUS, y - up * 0.7 * RADIUS);
  c.lineTo(x - RADIUS, y - up * 0.7 * RADIUS);
  c.lineTo(x, y + up * RADIUS);
}

/** Fills what `trace` adds to the path, in the ink of signs. */
export function inked(c, ink, trace) {
  c.beginPath();
  trace();
  c.globalAlpha = 0.375;
  c.fillStyle = ink;
  c.fill();
  c.globalAlpha = 1;
}

/** Over a rectangle of the figure: `at(sx, sy)` is the field from −1 to 1 at a share of its sides, from the bottom left. */
export function signs(c, { x, y, width, height }, at, ink) {
  const [columns, rows] = [width, height].map((side) => Math.max(1, Math.round(side / STEP)));
  inked(c, ink, () => {
    for (let j = 0; j < rows; j += 1) {
      for (let i = 0; i < columns; i += 1) {
        const [sx, sy] = [(i + 0.5) / columns, (j + 0.5) / rows];
        const t = at(sx, sy);
        if (Math.abs(t) >= CLEAR) sign(c, x + sx * width, y + (1 - sy) * height, t);
      }
    }
  });
}

/** Reads a field of `columns` × `rows` values, row 0 at the bottom, at shares of its sides. */
export const reader = (values, columns, rows) => (sx, sy) => values[Math.min(rows - 1, Math.floor(sy * rows)) * columns + Math.min(columns - 1, Math.floor(sx * columns))];
