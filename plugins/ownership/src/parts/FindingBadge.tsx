import type { FindingKind } from '@slipway/plugin-ownership-common';
import { StateBadge } from '@slipway/plugin-platform-react';
import { FINDING_WORDS } from './findings';

/** What is wrong with an owner, in a word or two. */
export function FindingBadge(props: { kind: FindingKind }) {
  return <StateBadge state={props.kind} {...FINDING_WORDS[props.kind]} />;
}
