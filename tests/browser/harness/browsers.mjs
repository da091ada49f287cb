// Chromiums, each started when first asked for: with WebGPU in software, and with none.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const QUIET = [
  '--no-sandbox', // tests run as root in containers
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--no-first-run', '--disable-quic',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1', // no other host exists
];
const FLAGS = {
  true: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
  false: ['--disable-blink-features=WebGPU'],
  // Without these a WebGPU canvas is silently blank on a screenshot; with them all drawing is slow.
  canvas: [
    '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader',
    '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--enable-features=Vulkan',
    '--use-vulkan=swiftshader', '--ignore-gpu-blocklist', '--enable-gpu',
  ],
};

export async function launch({ chromium: executablePath, modules, root }) {
  const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
  const open = new Map();

  async function start(webgpu) {
    const args = [...QUIET, ...FLAGS[webgpu]];
    const browser = await chromium.launch({ executablePath, args, headless: true });
    const page = await browser.newPage();
    await page.goto(`${root}icon.svg`); // navigator.gpu needs a secure origin; a local one is
    const has = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
    await page.close();
    if (has !== Boolean(webgpu)) throw new Error(`this Chromium ${has ? 'still has' : 'has no'} WebGPU with ${args.join(' ')}`);
    return browser;
  }

  return {
    with(webgpu) {
      if (!open.has(webgpu)) open.set(webgpu, start(webgpu));
      return open.get(webgpu);
    },
    async close() {
      for (const browser of open.values()) await (await browser).close();
    },
  };
}
