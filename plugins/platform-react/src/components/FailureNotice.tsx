import { Alert, Text } from '@backstage/ui';
import type { Failure } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

/** Says what went wrong, what would put it right, and where to look. */
export function FailureNotice(props: {
  failure: Failure;
  /** Whether it is what a person or a rule wanted, not something that broke. */
  isIntended?: boolean;
  /** A link or button that leads to more. */
  action?: ReactNode;
}) {
  const { failure, isIntended, action } = props;
  return (
    <Alert
      status={isIntended ? 'warning' : 'danger'}
      icon
      title={failure.message}
      description={
        <>
          {failure.hint && (
            <Text as="span" variant="body-small">
              {failure.hint}
            </Text>
          )}
          {action && <div className={styles.action}>{action}</div>}
        </>
      }
    />
  );
}
