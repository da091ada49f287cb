// WebKit as Debian has it: WebKitGTK's MiniBrowser on a screen that nobody sees, spoken to by
// WebDriver (https://www.w3.org/TR/webdriver2/).

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { ended, line } from './process.mjs';
import { Tab } from './tab.mjs';

// Longer than any wait of the cases: a script that hangs is theirs to end.
const FOREVER = 3_600_000;

const freePort = () => new Promise((resolve) => {
  const server = createServer();
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

export async function webkit({ webkit: program, xvfb }) {
  const screen = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '2000x1400x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const [number] = await line(screen, screen.stdio[3], /^\d+$/);
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' };
  const driver = spawn(program, [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
  driver.on('error', () => {});

  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (;;) {
    if (driver.exitCode !== null) throw new Error(`${program} ended (${driver.exitCode})`);
    if (await ask('GET', '/status').then(() => true, () => false)) break;
  }

  return {
    version: '',
    async tab() {
      const { sessionId, capabilities } = await ask('POST', '/session', {
        capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { args: ['--automation'] } } },
      });
      this.version = capabilities.browserVersion;
      const path = `/session/${sessionId}`;
      const post = (command, body = {}) => ask('POST', `${path}/${command}`, body);
      await post('timeouts', { script: FOREVER, pageLoad: FOREVER });
      const call = (text, argument) => post('execute/async', {
        script: `const done = arguments[1]; (${text})(arguments[0]).then(done);`,
        args: [argument],
      });
      return new Tab({
        problems: [],
        go: (url) => post('url', { url }),
        call,
        act: (actions) => post('actions', { actions }),
        release: () => ask('DELETE', `${path}/actions`),
        async size(width, height) {
          // The window has bars around the page.
          await post('window/rect', { width, height });
          const [w, h] = JSON.parse(await call('async () => JSON.stringify([innerWidth, innerHeight])', ''));
          await post('window/rect', { width: 2 * width - w, height: 2 * height - h });
        },
        picture: async () => Buffer.from(await ask('GET', `${path}/screenshot`), 'base64'),
        close: () => ask('DELETE', path),
      });
    },
    async close() {
      await ended(driver);
      await ended(screen);
    },
  };
}
