import type { Mount } from './Mount';

/** What is not as the file says, for the one who deploys it. */
export function remarksOn(mounts: Mount[], isBound: boolean): string[] {
  return mounts.flatMap(({ kind, variable, target, readOnly }) => {
    if (target !== undefined && !isBound) {
      return [
        `This machine has no bubblewrap that works, so the ${kind} is not at ${target}: read its path from ${variable}.`,
      ];
    }
    return kind === 'volume' && readOnly && target === undefined
      ? [
          `The volume of ${variable} can be written to, although it is to be read only: that takes an absolute target.`,
        ]
      : [];
  });
}
