// The site under a sub-path of a server of the case's own, which can be cut off, and which puts into
// its pages what notes their problems where a browser's driver tells of none.

import { createServer } from 'node:http';

const FOLDER = '/some/deck/';
const HEADERS = ['content-type', 'content-security-policy', 'cache-control'];

// First in a page, so that it hears everything. Also what a browser writes to its console by itself:
// errors that nobody catches and breaches of the policy (requests that fail, the server knows of).
const WATCH = `(() => {
  const tell = (text) => { fetch('/problem', { method: 'POST', body: text, keepalive: true }); };
  addEventListener('error', (event) => tell('uncaught: ' + (event.message ?? event.target?.outerHTML) + ' ' + event.error?.stack), true);
  addEventListener('unhandledrejection', ({ reason }) => tell('uncaught: ' + reason + ' ' + reason?.stack));
  addEventListener('securitypolicyviolation', (event) => tell('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile));
  const { error } = console;
  console.error = (...words) => {
    tell('console: ' + words.join(' '));
    error.apply(console, words);
  };
})();`;

/**
 * Serves what is at `base`, and `pages`, by name, beside it:
 *   url, asked: the files asked for, in order; cut(), close()
 * `problems`: a list that what goes wrong is added to. `watched`: pages tell their problems.
 */
export async function site(base, problems, { watched, pages = {} }) {
  const asked = [];
  let down = false;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const file = path.slice(FOLDER.length) || 'index.html';
    if (path === '/problem') {
      for await (const text of request.setEncoding('utf8')) problems.push(text);
      response.end();
    } else if (path === '/watch.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(WATCH);
    } else if (path === '/favicon.ico') {
      response.writeHead(204).end();
    } else if (down || !path.startsWith(FOLDER)) {
      asked.push(file);
      request.socket.destroy();
    } else {
      asked.push(file);
      let { status, headers, body } = await answer(file);
      if (status >= 400) problems.push(`response: ${status} ${file}`);
      if (watched && headers['content-type'].startsWith('text/html')) body = Buffer.from(body.toString().replace('<head>', '<head><script src="/watch.js"></script>'));
      response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
    }
  });
  async function answer(file) {
    if (pages[file]) return { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(pages[file]) };
    const got = await fetch(base + file);
    const headers = Object.fromEntries(HEADERS.map((name) => [name, got.headers.get(name) ?? '']));
    return { status: got.status, headers, body: Buffer.from(await got.arrayBuffer()) };
  }
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}${FOLDER}`,
    asked,
    cut() {
      down = true;
      server.closeAllConnections();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
