import {
  OWNERSHIP_SIGNAL_CHANNEL,
  type OwnershipSignal,
} from '@slipway/plugin-ownership-common';

/** What makes a page load again: any change of what is known about ownership. */
export const onOwnership = {
  channel: OWNERSHIP_SIGNAL_CHANNEL,
  matches: ({ type }: OwnershipSignal) => type === 'changed',
};
