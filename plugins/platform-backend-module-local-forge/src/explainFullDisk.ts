import { ServiceUnavailableError } from '@backstage/errors';

/** Turns the failure of a full disk into a message that a person can act on. */
export async function explainFullDisk<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (
      code === 'ENOSPC' ||
      /No space left on device|Out of diskspace/i.test(message)
    ) {
      throw new ServiceUnavailableError(
        'The disk of the portal is full, and nothing was created. Ask the platform team to make room, then try again.',
      );
    }
    throw error;
  }
}
