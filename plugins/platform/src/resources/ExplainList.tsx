import type { Explanation } from '@slipway/plugin-platform-common';
import { StateBadge } from '@slipway/plugin-platform-react';
import styles from './resources.module.css';

type Considered = Explanation['considered'];

/** Every definition that was looked at for a request, the one that wins first, each with its reason; those that don't match are folded away. */
export function ExplainList(props: { explanation: Explanation }) {
  const { considered, definition } = props.explanation;
  const matching = considered.filter(({ matches }) => matches);
  const others = considered.filter(({ matches }) => !matches);
  return (
    <>
      {matching.length > 0 && (
        <ConsideredList considered={matching} winner={definition} />
      )}
      {others.length > 0 && (
        <details className={styles.others}>
          <summary>
            {others.length} {others.length === 1 ? "doesn't" : "don't"} match
          </summary>
          <ConsideredList considered={others} winner={definition} />
        </details>
      )}
    </>
  );
}

function ConsideredList(props: {
  considered: Considered;
  winner: string | undefined;
}) {
  const { considered, winner } = props;
  return (
    <ol className={styles.considered}>
      {considered.map(({ definition: name, source, matches, ...why }) => (
        <li key={name}>
          <div className={styles.consideredHead}>
            <strong>{name}</strong>
            <StateBadge {...verdictOf(name === winner, matches)} />
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
