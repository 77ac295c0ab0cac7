import type { Explanation } from '@slipway/plugin-platform-common';
import { StateBadge } from '../components';
import styles from './resources.module.css';

/** Every definition that was looked at for a request, the one that wins first, each with its reason. */
export function ExplainList(props: { explanation: Explanation }) {
  const { considered, definition } = props.explanation;
  return (
    <ol className={styles.considered}>
      {considered.map(({ definition: name, source, matches, ...why }) => (
        <li key={name}>
          <div className={styles.consideredHead}>
            <strong>{name}</strong>
            <StateBadge {...verdictOf(name === definition, matches)} />
            <span className={styles.secondary}>
              specificity {why.specificity} · <code>{source}</code>
            </span>
          </div>
          {why.reason}
        </li>
      ))}
    </ol>
  );
}

function verdictOf(wins: boolean, matches: boolean) {
  if (wins) {
    return { state: 'wins', tone: 'good' } as const;
  }
  return {
    state: matches ? 'matches, loses' : 'no match',
    tone: 'quiet',
  } as const;
}
