import { Agent, request } from 'node:http';

/**
 * Asks an address on this machine, with the host name in the header only: names below localhost needn't resolve.
 *
 * @param {{ port: number, host?: string, path?: string, agent?: Agent }} options
 * @returns {Promise<{ status: number, body: string }>}
 */
export function ask({ port, host = `localhost:${port}`, path = '/', agent }) {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, headers: { host }, agent },
      response => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, body }),
        );
        response.on('error', reject);
      },
    );
    asked.setTimeout(10_000, () => asked.destroy(new Error('timed out')));
    asked.on('error', reject);
    asked.end();
  });
}

/**
 * Asks until the answer is a 200 that contains a text, and gives up after a minute.
 *
 * @param {Parameters<typeof ask>[0]} target
 * @param {string} text
 */
export async function until200(target, text) {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const answer = await ask(target).catch(() => undefined);
    if (answer?.status === 200 && answer.body.includes(text)) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error(`${target.host ?? target.port} never answered "${text}"`);
}

/**
 * Sends fifty requests a second for as long as `work` takes.
 *
 * @param {Parameters<typeof ask>[0]} target
 * @param {() => Promise<void>} work
 * @returns {Promise<{ requests: number, failed: number }>}
 */
export async function underTraffic(target, work) {
  const agent = new Agent({ keepAlive: true });
  const open = new Set();
  let requests = 0;
  let failed = 0;
  const timer = setInterval(() => {
    requests += 1;
    const asked = ask({ ...target, agent })
      .then(
        ({ status }) => status === 200,
        () => false,
      )
      .then(ok => {
        failed += ok ? 0 : 1;
        open.delete(asked);
      });
    open.add(asked);
  }, 20);
  try {
    await work();
  } finally {
    clearInterval(timer);
    await Promise.all(open);
    agent.destroy();
  }
  return { requests, failed };
}
