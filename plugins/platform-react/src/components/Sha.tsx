import styles from './Sha.module.css';

/** The first digits of a commit's hash. */
export function Sha(props: { sha: string }) {
  return (
    <code className={styles.sha} title={props.sha}>
      {props.sha.slice(0, 7)}
    </code>
  );
}
