// The eye: where it stands about the middle of the scene, and how it comes to rest.

const RADIAN = Math.PI / 180;
/** Milliseconds after which a third of a turn's speed is left. */
const DAMPING = 160;
const ZOOM = [0.5, 8];

export const HOME = { yaw: 30, pitch: 20, zoom: 1 };
const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
const round = (x, unit) => Math.round(x / unit) * unit;

export class Camera {
  constructor() {
    Object.assign(this, HOME);
    this.speed = { yaw: 0, pitch: 0 };
  }

  set({ yaw = this.yaw, pitch = this.pitch, zoom = this.zoom }) {
    this.yaw = ((((yaw + 180) % 360) + 360) % 360) - 180;
    this.pitch = clamp(pitch, -89, 89);
    this.zoom = clamp(zoom, ...ZOOM);
  }

  /** Turns by degrees. */
  turn(yaw, pitch) {
    this.set({ yaw: this.yaw + yaw, pitch: this.pitch + pitch });
  }

  /** False where the eye is as near or as far as it can be. */
  magnify(factor) {
    const before = this.zoom;
    this.set({ zoom: this.zoom * factor });
    return this.zoom !== before;
  }

  /** Lets go with a speed in degrees a millisecond. */
  release(yaw, pitch) {
    this.speed = { yaw, pitch };
  }

  stop() {
    this.speed = { yaw: 0, pitch: 0 };
  }

  /** Goes on by `ms`; whether it still moves. */
  advance(ms) {
    const { yaw, pitch } = this.speed;
    if (Math.hypot(yaw, pitch) < 0.002) {
      this.stop();
      return false;
    }
    const rest = Math.exp(-ms / DAMPING);
    this.turn(yaw * DAMPING * (1 - rest), pitch * DAMPING * (1 - rest));
    this.speed = { yaw: yaw * rest, pitch: pitch * rest };
    return true;
  }

  /** What of it belongs in a link. */
  get view() {
    return { yaw: round(this.yaw, 1), pitch: round(this.pitch, 1), zoom: Number(this.zoom.toFixed(2)) };
  }

  /** The unit vectors to the right, up, and towards the eye. z is up. */
  get basis() {
    return axes(this.yaw, this.pitch);
  }
}

export function axes(yaw, pitch) {
  const [sy, cy] = [Math.sin(yaw * RADIAN), Math.cos(yaw * RADIAN)];
  const [sp, cp] = [Math.sin(pitch * RADIAN), Math.cos(pitch * RADIAN)];
  return { right: [cy, sy, 0], up: [-sp * sy, sp * cy, cp], eye: [cp * sy, -cp * cy, sp] };
}
