import { readdir, readFile, readlink } from 'node:fs/promises';

/** A TCP socket of this machine, as proc(5) lists it. */
export interface LinuxSocket {
  localPort: number;
  remotePort: number;
  state: 'listening' | 'established' | 'other';
  /** Names the socket among the descriptors of processes. */
  inode: string;
}

const STATES: Record<string, LinuxSocket['state']> = {
  '01': 'established',
  '0A': 'listening',
};

/** All TCP sockets; none where the machine doesn't tell. */
export async function listLinuxSockets(): Promise<LinuxSocket[]> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map(table =>
      readFile(table, 'latin1').catch(() => ''),
    ),
  );
  return tables
    .flatMap(text => text.split('\n').slice(1))
    .filter(row => row.trim() !== '')
    .map(row => {
      // sl, local address, remote address, state, ..., inode: proc(5).
      const [, local, remote, state, , , , , , inode] = row.trim().split(/\s+/);
      return {
        localPort: portOf(local),
        remotePort: portOf(remote),
        state: STATES[state] ?? 'other',
        inode,
      };
    });
}

/** The inodes of the sockets that a process has open; none where it is gone. */
export async function socketInodesOf(pid: number): Promise<Set<string>> {
  const directory = `/proc/${pid}/fd`;
  const inodes = new Set<string>();
  for (const descriptor of await readdir(directory).catch(() => [])) {
    const target = await readlink(`${directory}/${descriptor}`).catch(() => '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode) {
      inodes.add(inode);
    }
  }
  return inodes;
}

function portOf(address: string): number {
  return Number.parseInt(address.split(':')[1], 16);
}
