import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';
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
  const sockets = new Set<string>();
  for (const pid of pids) {
    const directory = `/proc/${pid}/fd`;
    for (const descriptor of await readdir(directory).catch(() => [])) {
      const target = await readlink(`${directory}/${descriptor}`).catch(
        () => '',
      );
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode) {
        sockets.add(inode);
      }
    }
  }
  const ports: number[] = [];
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const rows = (await readFile(table, 'latin1').catch(() => '')).split('\n');
    for (const row of rows.slice(1)) {
      // sl, local address, remote address, state (0A is LISTEN), ..., inode: proc(5).
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === '0A' && sockets.has(inode)) {
        ports.push(Number.parseInt(local.split(':')[1], 16));
      }
    }
  }
  return ports;
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
