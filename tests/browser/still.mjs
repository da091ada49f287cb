// What the scripts that draw pictures share.

/** Waits until the picture is the same in thirty frames. */
export function still(page) {
  return page.evaluate(async () => {
    const canvases = () => [...document.querySelectorAll('canvas')].filter((canvas) => canvas.checkVisibility()).map((canvas) => canvas.toDataURL()).join();
    let last = '';
    for (let same = 0; same < 30;) {
      await new Promise((done) => { requestAnimationFrame(done); });
      const now = canvases();
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}
