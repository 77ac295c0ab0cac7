import { Alert } from '@backstage/ui';
import type { EnvironmentsView } from '@slipway/plugin-platform-common';
import { TimeAgo } from '@slipway/plugin-platform-react';
import styles from './environments.module.css';

/** Says what is wrong in the files of the environments, where, and what counts meanwhile. */
export function ProblemsNotice(props: { view: EnvironmentsView }) {
  const { problems, readAt } = props.view;
  if (problems.length === 0) {
    return undefined;
  }
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={
        problems.length === 1
          ? 'A file of the environments is not valid'
          : `The files of the environments have ${problems.length} problems`
      }
      description={
        <>
          <ul className={styles.problems}>
            {problems.map(({ file, line, message }) => (
              <li key={`${file}:${line} ${message}`}>
                <code>
                  {file}:{line}
                </code>{' '}
                {message}
              </li>
            ))}
          </ul>
          Until they are put right, what was read <TimeAgo at={readAt} /> goes
          on counting.
        </>
      }
    />
  );
}
