import assert from 'node:assert/strict';
import net from 'node:net';
import { once } from 'node:events';
import { afterEach, test } from 'node:test';
import {
  explainTakenPort,
  freePort,
  portFromEnvironment,
  requireFreePort,
} from './ports.mjs';

const use = { purpose: 'the portal', variable: 'SLIPWAY_PORT' };
const variable = 'SLIPWAY_PORTS_TEST';

afterEach(() => delete process.env[variable]);

test('a taken port is named with its holder and a way out', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await assert.rejects(requireFreePort(port, use), error => {
    assert.equal(error.name, 'UserError');
    assert.match(error.message, new RegExp(`Port ${port}, for the portal`));
    if (process.platform === 'linux') {
      assert.match(error.message, new RegExp(`process ${process.pid}`));
    }
    assert.match(
      error.message,
      new RegExp(`SLIPWAY_PORT=${port + 100} npm start`),
    );
    return true;
  });
  assert.notEqual(await freePort(port), port);
  server.close();
  await once(server, 'close');
  assert.equal(await freePort(port), port);
});

test('an unknown holder is not invented', () => {
  assert.match(
    explainTakenPort(7007, use, undefined),
    /another program listens/,
  );
});

test('a port from the environment must be one', () => {
  assert.equal(portFromEnvironment(variable, 7007), 7007);
  process.env[variable] = '7107';
  assert.equal(portFromEnvironment(variable, 7007), 7107);
  process.env[variable] = 'http';
  assert.throws(() => portFromEnvironment(variable, 7007), {
    message: /SLIPWAY_PORTS_TEST is "http"/,
  });
});
