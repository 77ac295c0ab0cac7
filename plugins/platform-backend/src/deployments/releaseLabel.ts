import type { Release } from '@slipway/plugin-platform-common';

/** What people know a release by: `v42 a41f9c2`. */
export function releaseLabel({
  number,
  commit,
}: Pick<Release, 'number' | 'commit'>): string {
  return `v${number} ${commit.sha.slice(0, 7)}`;
}
