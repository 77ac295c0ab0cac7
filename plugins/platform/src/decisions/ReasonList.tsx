import type { DecisionReason, RunWait } from '@slipway/plugin-platform-common';
import { StateBadge } from '../components';
import styles from './decisions.module.css';

/** Everything the rules said, each with its reason; what they wanted approved and was approved is said to be. */
export function ReasonList(props: {
  reasons: DecisionReason[];
  /** The waits of the run that they were asked about. */
  waits?: RunWait[];
}) {
  const { reasons, waits = [] } = props;
  const isGranted = ({ effect, message }: DecisionReason) =>
    effect === 'needs-approval' &&
    waits.some(
      ({ approval, state, reason }) =>
        approval && state === 'resumed' && reason === message,
    );
  return (
    <ul className={styles.reasons}>
      {reasons.map(reason => (
        <li key={`${reason.decider} ${reason.message}`}>
          <StateBadge state={isGranted(reason) ? 'approved' : reason.effect} />
          <span>{reason.message}</span>
        </li>
      ))}
    </ul>
  );
}
