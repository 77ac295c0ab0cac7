import { ServiceUnavailableError } from '@backstage/errors';

/** Whether a message of the system's or of git's says that the disk is full. */
export function isFullDisk(message: string): boolean {
  return /No space left on device|Disk quota exceeded|Out of diskspace/i.test(
    message,
  );
}

/** Turns the failure of a full disk into a message that a person can act on. */
export async function explainFullDisk<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT' || isFullDisk(message)) {
      throw new ServiceUnavailableError(
        'The disk of the portal is full, and nothing was created. Ask the platform team to make room, then try again.',
      );
    }
    throw error;
  }
}
