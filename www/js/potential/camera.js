// The eye of the solids: where it stands about the middle of the scene. Several figures share one.

const RADIAN = Math.PI / 180;
const ZOOM = [0.5, 4];

export const HOME = { yaw: 30, pitch: 35, zoom: 1 };
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);

/** Events: `change`, with `detail` true while a hand moves it and false where it came to rest. */
export class Camera extends EventTarget {
  constructor(view = HOME) {
    super();
    Object.assign(this, HOME, view);
  }

  /** Puts the eye to a yaw (any degrees), a pitch (−90 to 90) and a magnification. */
  set({ yaw = this.yaw, pitch = this.pitch, zoom = this.zoom }, moving = false) {
    const to = [((yaw % 360) + 360) % 360, clamp(pitch, -90, 90), clamp(zoom, ...ZOOM)];
    if (to.every((value, k) => value === [this.yaw, this.pitch, this.zoom][k])) return false;
    [this.yaw, this.pitch, this.zoom] = to;
    this.dispatchEvent(new CustomEvent('change', { detail: moving }));
    return true;
  }

  turn(yaw, pitch, moving = false) {
    return this.set({ yaw: this.yaw + yaw, pitch: this.pitch + pitch }, moving);
  }

  /** False where the eye is as near or as far as it can be. */
  magnify(factor, moving = false) {
    return this.set({ zoom: this.zoom * factor }, moving);
  }

  /** Says that the hand has let go. */
  settle() {
    this.dispatchEvent(new CustomEvent('change', { detail: false }));
  }

  /** What of it belongs in a link. */
  get view() {
    return { yaw: Math.round(this.yaw) % 360, pitch: Math.round(this.pitch), zoom: Number(this.zoom.toFixed(2)) };
  }

  /** The unit vectors to the right, up, and towards the eye; z is up, and at yaw 0 one looks along +y. */
  get basis() {
    const [sy, cy] = [Math.sin(this.yaw * RADIAN), Math.cos(this.yaw * RADIAN)];
    const [sp, cp] = [Math.sin(this.pitch * RADIAN), Math.cos(this.pitch * RADIAN)];
    return { right: [cy, sy, 0], up: [-sp * sy, sp * cy, cp], eye: [cp * sy, -cp * cy, sp], towards: [sy, -cy] };
  }
}

/** Where the eye is, in words. */
export function words({ yaw, pitch, zoom }) {
  const turned = yaw === 0 ? 'Seen from the front' : `Turned by ${yaw} degrees`;
  return `${turned}, ${Math.abs(pitch)} degrees ${pitch < 0 ? 'below' : 'above'}, magnified ${zoom} times.`;
}
