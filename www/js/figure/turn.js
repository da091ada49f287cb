// Pictures that are drawn whole take turns: one an animation frame, so that no task of the page is long.

let taken = -1;

/** Whether nothing else has been drawn whole in the frame of this time; then it is taken. */
export function turn(now) {
  if (taken === now) return false;
  taken = now;
  return true;
}
