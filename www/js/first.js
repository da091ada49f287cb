// Runs before the first paint, so that the page never flashes in the wrong theme.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const resolve = () => {
    let chosen = null;
    try { chosen = localStorage.getItem('brenier.theme'); } catch { /* storage may be blocked */ }
    const asked = new URLSearchParams(location.search).get('theme');
    if (asked === 'light' || asked === 'dark') chosen = asked;
    document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light';
    document.documentElement.dataset.themeChoice = chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  };
  resolve();
  // Space and faces are known from the link alone.
  const scene = /[#&]scene=(space|faces)(&|$)/.exec(location.hash)?.[1];
  if (scene) document.documentElement.dataset.scene = scene;
  // Paper is white, whatever the screen is.
  const paper = matchMedia('print');
  paper.addEventListener('change', () => {
    if (paper.matches) document.documentElement.dataset.theme = 'light';
    else resolve();
  });
  system.addEventListener('change', resolve);
  document.addEventListener('brenier:theme', resolve);
})();
