import { Text } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './EmptyNotice.module.css';

/** Says that there is nothing, and what to do about it. */
export function EmptyNotice(props: {
  title: string;
  /** What to do next. */
  children?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <Text as="p" variant="body-medium" weight="bold">
        {props.title}
      </Text>
      {props.children && <div className={styles.next}>{props.children}</div>}
    </div>
  );
}
