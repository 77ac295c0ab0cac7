import { PageFrame } from '@slipway/plugin-platform-react';

/** Who owns what, and what nobody owns. */
export function OwnershipPage() {
  return <PageFrame title="Ownership">{null}</PageFrame>;
}
