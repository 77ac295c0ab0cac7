import { execFileSync } from 'node:child_process';
import { AgentError } from '../AgentError';

/** The unprivileged user that services run as when the agent itself is root. */
export interface WorkloadUser {
  name: string;
  uid: number;
  gid: number;
}

/** Looks a user up; `undefined` where the agent isn't root, since then services run as the same user. */
export function findWorkloadUser(name: string): WorkloadUser | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const ask = (flag: '-u' | '-g') =>
    Number(
      execFileSync('id', [flag, '--', name], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  try {
    return { name, uid: ask('-u'), gid: ask('-g') };
  } catch {
    throw new AgentError(
      'InputError',
      `SLIPWAY_WORKLOAD_USER names the user "${name}", which this machine does not have.`,
      'Name an unprivileged user that exists, such as nobody.',
    );
  }
}
