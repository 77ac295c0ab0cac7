import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { findOnPath, outputOf } from './command.mjs';
import { UserError } from './UserError.mjs';

/**
 * A port of the loopback interface that nobody listens on.
 *
 * @param {number} [preferred] - taken when it is free
 * @returns {Promise<number>}
 */
export async function freePort(preferred) {
  if (preferred && (await isFree(preferred))) return preferred;
  return await listenOnce(0);
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(port) {
  return await listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: actual } = server.address();
      server.close(() => resolve(actual));
    });
  });
}

/**
 * Makes sure nobody listens on a port that people know by number.
 *
 * @param {number} port
 * @param {{ purpose: string, variable: string }} use - what it is for, and what moves it elsewhere
 */
export async function requireFreePort(port, use) {
  if (await isFree(port)) return;
  throw new UserError(explainTakenPort(port, use, portHolder(port)));
}

/**
 * @param {number} port
 * @param {{ purpose: string, variable: string }} use
 * @param {string | undefined} holder
 */
export function explainTakenPort(port, use, holder) {
  const who = holder
    ? `${holder} listens on it`
    : 'another program listens on it';
  return (
    `Port ${port}, for ${use.purpose}, is taken: ${who}.\n` +
    `Stop that program, or use another port: ${use.variable}=${port + 100} npm start`
  );
}

/**
 * Reads a port from the environment.
 *
 * @param {string} variable
 * @param {number} fallback
 */
export function portFromEnvironment(variable, fallback) {
  const text = process.env[variable];
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UserError(
    `${variable} is "${text}". It must be a port number from 1 to 65535, for example ${variable}=${fallback}`,
  );
}

/** Which process listens on the port, as far as this user may know. */
function portHolder(port) {
  if (process.platform === 'linux') return holderFromProc(port);
  if (!findOnPath('lsof')) return undefined;
  const fields = outputOf('lsof', [
    '-nP',
    `-iTCP:${port}`,
    '-sTCP:LISTEN',
    '-Fpc',
  ]);
  const pid = fields?.match(/^p(\d+)/m)?.[1];
  const name = fields?.match(/^c(.+)/m)?.[1];
  return pid && `${name} (process ${pid})`;
}

function holderFromProc(port) {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(table =>
      listeningSockets(table, port),
    ),
  );
  const pid = readdir('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .find(entry =>
      readdir(`/proc/${entry}/fd`).some(descriptor =>
        sockets.has(readLink(`/proc/${entry}/fd/${descriptor}`)),
      ),
    );
  if (!pid) return undefined;
  const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  return `${name} (process ${pid})`;
}

function listeningSockets(table, port) {
  const listening = '0A';
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return readText(table)
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(
      ([, address, , state]) =>
        state === listening && address.endsWith(`:${hexPort}`),
    )
    .map(fields => `socket:[${fields[9]}]`);
}

function readdir(directory) {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readLink(link) {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
