import { InputError } from '@backstage/errors';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom jobs run as when the portal itself is root. */
export interface UnprivilegedUser {
  name: string;
  uid: number;
  gid: number;
}

/** Looks a user up. Throws `InputError` where there is no such user, or where it is root. */
export async function findUnprivilegedUser(
  name: string,
): Promise<UnprivilegedUser> {
  const ask = async (flag: string) => {
    const { stdout } = await run('id', [flag, '--', name]);
    return Number(stdout.trim());
  };
  const ids = await Promise.all([ask('-u'), ask('-g')]).catch(() => {
    throw new InputError(
      `platform.localPipelines.user is "${name}", but this machine has no such user. Name an existing, unprivileged user.`,
    );
  });
  const [uid, gid] = ids;
  if (uid === 0) {
    throw new InputError(
      `platform.localPipelines.user is "${name}", which is root. Name an unprivileged user, such as nobody.`,
    );
  }
  return { name, uid, gid };
}
