// Notes everything that goes wrong in a context, in its pages, frames and workers.

/** Returns a list that grows by one line a problem; empty is good. */
export function watch(context, base) {
  const problems = [];
  const { host } = new URL(base);
  const told = (kind, text) => problems.push(`${kind}: ${text}`);
  // What a browser asks for by itself where a page, as a case may make one, names no icon.
  const icon = `http://${host}/favicon.ico`;

  // Breaches of the policy arrive here too: Chromium writes them to the console as errors.
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url, lineNumber } = message.location();
    if (url === icon) return;
    told('console', `${message.text()} (${url}:${lineNumber})`);
  });
  context.on('weberror', (error) => told('uncaught', error.error().stack ?? error.error()));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (['data:', 'blob:', 'about:'].includes(url.protocol)) return;
    if (url.host !== host) told('request to another host', request.url());
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== icon) told('response', `${response.status()} ${response.url()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // A page that is left, or a download that is taken over, ends its requests.
    if (reason !== 'net::ERR_ABORTED') told('request failed', `${reason} ${request.url()}`);
  });
  context.on('page', (page) => page.on('crash', () => told('crash', page.url())));
  return problems;
}
