import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listLinuxSockets, socketInodesOf } from './linuxSockets';
import { listProcessGroup } from './processGroup';

/** A TCP connection on this machine, as its client has it. */
export interface Connection {
  localPort: number;
  remotePort: number;
}

/**
 * Which of these process groups has a connection open; `undefined` where it is none of them, or the machine doesn't tell. A look through
 * the descriptors of their processes, so not for every request.
 */
export async function ownerOfConnection(
  connection: Connection,
  groups: readonly number[],
): Promise<number | undefined> {
  try {
    return process.platform === 'linux'
      ? await onLinux(connection, groups)
      : await byLsof(connection, groups);
  } catch {
    return undefined;
  }
}

async function onLinux(
  { localPort, remotePort }: Connection,
  groups: readonly number[],
): Promise<number | undefined> {
  const sockets = await listLinuxSockets();
  const inodes = sockets
    .filter(
      socket =>
        socket.state === 'established' &&
        socket.localPort === localPort &&
        socket.remotePort === remotePort,
    )
    .map(({ inode }) => inode);
  for (const group of inodes.length > 0 ? groups : []) {
    for (const pid of listProcessGroup(group)) {
      const open = await socketInodesOf(pid);
      if (inodes.some(inode => open.has(inode))) {
        return group;
      }
    }
  }
  return undefined;
}

async function byLsof(
  { localPort, remotePort }: Connection,
  groups: readonly number[],
): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('lsof', [
    '-nP',
    `-iTCP:${localPort}`,
    '-sTCP:ESTABLISHED',
    '-Fgn',
  ]);
  // A line for each process and its group, then its connections: `n127.0.0.1:50000->127.0.0.1:7007`.
  let group: number | undefined;
  for (const line of stdout.split('\n')) {
    if (line.startsWith('g')) {
      group = Number(line.slice(1));
    } else if (
      group !== undefined &&
      groups.includes(group) &&
      new RegExp(`:${localPort}->.*:${remotePort}$`).test(line)
    ) {
      return group;
    }
  }
  return undefined;
}
