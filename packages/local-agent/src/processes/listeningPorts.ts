import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listLinuxSockets, socketInodesOf } from './linuxSockets';
import { listProcessGroup } from './processGroup';

/** The TCP ports on which processes of a group listen; empty where the machine doesn't tell. */
export async function listListeningPorts(group: number): Promise<number[]> {
  try {
    const pids = listProcessGroup(group);
    const ports =
      process.platform === 'linux' ? await onLinux(pids) : await byLsof(pids);
    return [...new Set(ports)].sort((a, b) => a - b);
  } catch {
    return [];
  }
}

async function onLinux(pids: number[]): Promise<number[]> {
  const inodes = await Promise.all(pids.map(socketInodesOf));
  return (await listLinuxSockets())
    .filter(
      ({ state, inode }) =>
        state === 'listening' && inodes.some(open => open.has(inode)),
    )
    .map(({ localPort }) => localPort);
}

async function byLsof(pids: number[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)('lsof', [
    '-a',
    '-nP',
    '-iTCP',
    '-sTCP:LISTEN',
    '-Fn',
    '-p',
    pids.join(','),
  ]);
  return [...stdout.matchAll(/^n.*:(\d+)$/gm)].map(match => Number(match[1]));
}
