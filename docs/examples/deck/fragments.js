// Fragments of a reveal.js deck that drive the demo of their slide, forwards and backwards: what a
// clicker does. On a fragment,
//   data-brenier="play"        plays it, and pauses it where the fragment is taken back
//   data-brenier-step="2"      takes two steps, and two back
//   data-brenier-set="t=0.5"   changes parts of its link; taken back, the scene is as it was before
// A demo rests while its slide is not shown.

const demoOf = (element) => element.closest('section').querySelector('brenier-demo');
/** What does not fit the scene leaves the deck as it is. */
const quiet = (promise) => promise.catch((error) => console.warn(error));

export function fragments(deck) {
  const before = new WeakMap();

  async function shown(fragment) {
    const demo = demoOf(fragment);
    const { brenier, brenierStep, brenierSet } = fragment.dataset;
    if (!demo) return;
    if (brenier === 'play') await demo.play();
    if (brenierStep) await demo.step(Number(brenierStep));
    if (brenierSet) {
      before.set(fragment, (await demo.state()).hash);
      await demo.setState(Object.fromEntries(new URLSearchParams(brenierSet)));
    }
  }
  async function hidden(fragment) {
    const demo = demoOf(fragment);
    const { brenier, brenierStep, brenierSet } = fragment.dataset;
    if (!demo) return;
    if (brenier === 'play') await demo.pause();
    if (brenierStep) await demo.step(-Number(brenierStep));
    if (brenierSet && before.has(fragment)) await demo.setState(before.get(fragment));
  }
  deck.on('fragmentshown', (event) => event.fragments.forEach((fragment) => quiet(shown(fragment))));
  deck.on('fragmenthidden', (event) => event.fragments.forEach((fragment) => quiet(hidden(fragment))));
  deck.on('slidechanged', ({ previousSlide, currentSlide }) => {
    previousSlide?.querySelectorAll('brenier-demo').forEach((demo) => demo.post('slide:stop'));
    currentSlide.querySelectorAll('brenier-demo').forEach((demo) => demo.post('slide:start'));
  });
}
