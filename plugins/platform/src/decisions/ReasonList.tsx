import type { DecisionReason } from '@slipway/plugin-platform-common';
import { StateBadge } from '../components';
import styles from './decisions.module.css';

/** Everything the rules said, each with its reason. */
export function ReasonList(props: { reasons: DecisionReason[] }) {
  return (
    <ul className={styles.reasons}>
      {props.reasons.map(({ decider, effect, message }) => (
        <li key={`${decider} ${message}`}>
          <StateBadge state={effect} />
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
