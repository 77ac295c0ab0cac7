import type { Vote } from '@slipway/plugin-platform-common';
import { EntityLink, TimeAgo } from '@slipway/plugin-platform-react';
import styles from './approvals.module.css';

/** Who decided what, and why. */
export function VoteList(props: { votes: Vote[] }) {
  return (
    <ul className={styles.votes}>
      {props.votes.map(({ person, verdict, comment, at }) => (
        <li key={person}>
          <EntityLink entityRef={person} /> {verdict} it, <TimeAgo at={at} />
          {comment && <q className={styles.comment}>{comment}</q>}
        </li>
      ))}
    </ul>
  );
}
