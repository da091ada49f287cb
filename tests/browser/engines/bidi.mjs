// Firefox as Debian has it, spoken to by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/).

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, line } from './process.mjs';
import { Tab } from './tab.mjs';

const PREFERENCES = {
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.w3c_touch_events.enabled': 1, // as on a machine with a touch screen
  'network.dns.disableIPv6': true,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

// What it says of a formula of which a part is still to arrive. The cases look whether all are whole.
const HALF = /^Invalid markup: Incorrect number of children/;

export async function firefox({ firefox: program, modules }) {
  const { WebSocket } = createRequire(join(modules, 'package.json'))('ws');
  const profile = await mkdtemp(join(tmpdir(), 'brenier-firefox-'));
  const lines = Object.entries(PREFERENCES).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(profile, 'user.js'), lines.join(''));
  const child = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [, address] = await line(child, child.stderr, /WebDriver BiDi listening on (ws:\S+)/);
  const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false, maxPayload: 1 << 28 });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });

  let last = 0;
  const waiting = new Map();
  const listeners = [];
  socket.on('message', (text) => {
    const told = JSON.parse(text);
    if (told.type === 'event') {
      for (const heard of listeners) heard(told);
      return;
    }
    const { resolve, reject } = waiting.get(told.id);
    waiting.delete(told.id);
    if (told.type === 'success') resolve(told.result);
    else reject(new Error(`${told.error}: ${told.message}`));
  });
  let over = null;
  socket.on('close', () => {
    over = new Error('Firefox is gone');
    for (const { reject } of waiting.values()) reject(over);
  });
  const send = (method, params = {}) => new Promise((resolve, reject) => {
    if (over) {
      reject(over);
      return;
    }
    last += 1;
    waiting.set(last, { resolve, reject });
    socket.send(JSON.stringify({ id: last, method, params }));
  });

  const { capabilities } = await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded', 'network.fetchError', 'network.responseCompleted'] });
  return {
    version: capabilities.browserVersion,
    async tab() {
      // A user context is a profile of its own: nothing is kept from one case to the next.
      const { userContext } = await send('browser.createUserContext');
      const { context } = await send('browsingContext.create', { type: 'tab', userContext });
      const problems = [];
      listeners.splice(0, listeners.length, ({ method, params }) => {
        if (method === 'log.entryAdded' && params.level === 'error' && !HALF.test(params.text)) problems.push(`console: ${params.text} (${params.stackTrace?.callFrames[0]?.url ?? params.source.context ?? ''})`);
        if (method === 'network.fetchError' && params.errorText !== 'NS_BINDING_ABORTED') problems.push(`request failed: ${params.errorText} ${params.request.url}`);
        if (method === 'network.responseCompleted' && params.response.status >= 400) problems.push(`response: ${params.response.status} ${params.response.url}`);
      });
      return new Tab({
        problems,
        go: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
        async call(text, argument) {
          const told = await send('script.callFunction', { functionDeclaration: text, arguments: [{ type: 'string', value: argument }], awaitPromise: true, target: { context } });
          if (told.type === 'exception') throw new Error(told.exceptionDetails.text);
          return told.result.value;
        },
        act: (actions) => send('input.performActions', { context, actions }),
        release: () => send('input.releaseActions', { context }),
        size: (width, height) => send('browsingContext.setViewport', { context, viewport: { width, height } }),
        picture: async () => Buffer.from((await send('browsingContext.captureScreenshot', { context })).data, 'base64'),
        close: () => send('browser.removeUserContext', { userContext }),
      });
    },
    async close() {
      socket.terminate();
      await ended(child);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
