import type {
  DecisionReason,
  RunWait,
  WaitState,
} from '@slipway/plugin-platform-common';
import { StateBadge } from '@slipway/plugin-platform-react';
import styles from './decisions.module.css';

/** What came of an approval that a rule wanted; one that is open or was withdrawn is still needed. */
const OUTCOMES: Partial<Record<WaitState, string>> = {
  resumed: 'approved',
  rejected: 'rejected',
  expired: 'expired',
};

/** Everything the rules said, each with its reason, and what came of the approvals they wanted. */
export function ReasonList(props: {
  reasons: DecisionReason[];
  /** The waits of the run that they were asked about. */
  waits?: RunWait[];
}) {
  const { reasons, waits = [] } = props;
  const outcomeOf = ({ effect, message }: DecisionReason) => {
    const asked = waits.filter(
      ({ approval, reason }) => approval && reason === message,
    );
    const last = asked[asked.length - 1]?.state;
    return effect === 'needs-approval' && last ? OUTCOMES[last] : undefined;
  };
  return (
    <ul className={styles.reasons}>
      {reasons.map(reason => (
        <li key={`${reason.decider} ${reason.message}`}>
          <StateBadge state={outcomeOf(reason) ?? reason.effect} />
          <span>{reason.message}</span>
        </li>
      ))}
    </ul>
  );
}
