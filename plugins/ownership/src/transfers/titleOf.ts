import type { Transfer } from '@slipway/plugin-ownership-common';

/** What goes, in a few words: `orders`, `orders and 3 more`. */
export function titleOf({ entities }: Pick<Transfer, 'entities'>): string {
  const [first, ...others] = entities;
  if (!first) {
    return 'Nothing';
  }
  return others.length === 0
    ? first.title
    : `${first.title} and ${others.length} more`;
}
