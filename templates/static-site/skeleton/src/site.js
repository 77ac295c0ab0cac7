import { readFileSync } from 'node:fs';
import path from 'node:path';
import sirv from 'sirv';
import { cacheControl, SECURITY_HEADERS } from './headers.js';
import { logger } from './logger.js';

/**
 * Answers requests with the files of a folder. Whether it is ready for requests is told by `site.ready`.
 * Throws where the folder has not been built.
 */
export function createSite(folder) {
  const notFoundPage = readFileSync(path.join(folder, '404.html'));
  const serveFile = sirv(folder, {
    brotli: true,
    etag: true,
    gzip: true,
    setHeaders: (response, pathname) =>
      response.setHeader('cache-control', cacheControl(pathname)),
  });
  const site = { ready: true, handle };

  function handle(request, response) {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      response.setHeader(name, value);
    }
    const [pathname] = request.url.split('?');
    if (pathname === '/health') {
      // Alive: answers as long as the process works at all.
      answer(response, 200, { status: 'ok' });
    } else if (pathname === '/ready') {
      // Ready: 503 while it stops, so that no new requests are sent here.
      answer(response, site.ready ? 200 : 503, { ready: site.ready });
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      answer(response, 405, { error: 'Use GET or HEAD.' });
    } else {
      serveFile(request, response, () => sayNotFound(request, response));
    }
  }

  function sayNotFound(request, response) {
    const { referer } = request.headers;
    logger.info({ path: request.url, referer }, 'not found');
    response.writeHead(404, {
      'cache-control': 'no-cache',
      'content-length': notFoundPage.length,
      'content-type': 'text/html; charset=utf-8',
    });
    response.end(request.method === 'HEAD' ? undefined : notFoundPage);
  }

  return site;
}

function answer(response, status, body) {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-type': 'application/json',
  });
  response.end(JSON.stringify(body));
}
