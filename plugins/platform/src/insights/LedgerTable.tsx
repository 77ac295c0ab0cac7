import {
  RUN_ACTIVITIES,
  type LedgerRow,
  type RunActivity,
  type WaitLedger,
} from '@slipway/plugin-platform-common';
import { EntityLink, formatDuration } from '@slipway/plugin-platform-react';
import styles from './WaitsPage.module.css';

const WORDS: Record<RunActivity, string> = {
  people: 'People',
  queue: 'Queue',
  machines: 'Machines',
  work: 'Work',
};

/** The wait ledger, a row for each group; whoever waited longest for people stands first. */
export function LedgerTable(props: { title: string; ledger: WaitLedger }) {
  const { title, ledger } = props;
  const groups = [...ledger.groups].sort(
    (a, b) => b.median.people - a.median.people || b.runs - a.runs,
  );
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Runs</th>
          <th scope="col">Without a human</th>
          {RUN_ACTIVITIES.map(activity => (
            <th scope="col" key={activity}>
              {WORDS[activity]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map(row => (
          <tr key={row.key ?? ''}>
            <th scope="row">
              <GroupName row={row} />
            </th>
            <td data-label="Runs">{row.runs}</td>
            <td data-label="Without a human">
              {Math.floor((row.withoutPeople / row.runs) * 100)} %
            </td>
            {RUN_ACTIVITIES.map(activity => (
              <td
                key={activity}
                data-label={WORDS[activity]}
                data-none={row.median[activity] === 0}
              >
                {row.median[activity] === 0
                  ? '0 s'
                  : formatDuration(row.median[activity])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GroupName({ row: { key } }: { row: LedgerRow }) {
  return key === undefined ? (
    <span className={styles.none}>none</span>
  ) : (
    <EntityLink entityRef={key} />
  );
}
