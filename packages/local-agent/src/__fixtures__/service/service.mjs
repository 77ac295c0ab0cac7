// A service whose faults are chosen by the environment variable MODE.
import fs from 'node:fs';
import http from 'node:http';
import process from 'node:process';

const { MODE = 'good', VERSION = '1', PORT } = process.env;
const ready = MODE !== 'never-ready';
let alive = true;

const routes = {
  '/ready': response => response.writeHead(ready ? 200 : 503).end(),
  '/pid': response => response.end(String(process.pid)),
  '/live': response => response.writeHead(alive ? 200 : 500).end(),
  '/sicken': response => {
    alive = false;
    response.end('sick');
  },
  '/crash': () => process.exit(3),
  '/fail': response => response.writeHead(500).end('out of order'),
  '/hang': () => {},
  '/environment': response => response.end(JSON.stringify(process.env)),
  '/slow': response => {
    response.write('begun ');
    setTimeout(() => response.end(VERSION), 300);
  },
};

const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://service');
  if (pathname === '/headers') {
    response.end(JSON.stringify(request.headers));
    return;
  }
  if (pathname === '/print') {
    process.stdout.write(
      `${'x'.repeat(99)}\n`.repeat(Number(request.headers['x-lines'])),
    );
    response.end();
    return;
  }
  if (pathname === '/file') {
    useFile(request, response);
    return;
  }
  const route = routes[pathname];
  if (route) {
    route(response);
  } else {
    request.resume();
    request.once('end', () => response.end(VERSION));
  }
});

/** Reads the file that a header names; with a body, appends that to it first. */
async function useFile(request, response) {
  const file = request.headers['x-file'];
  try {
    const body = (await request.toArray()).join('');
    if (body) {
      fs.appendFileSync(file, body);
    }
    response.end(fs.readFileSync(file));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}

server.on('upgrade', (_, socket) => {
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  socket.pipe(socket);
});

if (MODE === 'exits') {
  console.error('Error: the database is not configured');
  process.exitCode = 7;
} else if (MODE === 'silent') {
  setInterval(() => undefined, 1000);
} else {
  server.listen(MODE === 'other-port' ? 0 : Number(PORT), '127.0.0.1', () => {
    console.log(
      JSON.stringify({
        time: '2030-01-02T03:04:05.000Z',
        msg: `version ${VERSION} listens`,
      }),
    );
    console.error('plain line');
  });
}
process.on('SIGTERM', () => {
  if (MODE === 'ignores-term') {
    return;
  }
  console.log('stopping');
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
