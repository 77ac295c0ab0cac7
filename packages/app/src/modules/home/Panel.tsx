import { Alert, Button, Skeleton } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { PlatformData } from '../live';
import styles from './HomePage.module.css';

/** Props of {@link Panel}. */
export interface PanelProps<T> {
  title: string;
  /** Stands at the right of the title. */
  aside?: ReactNode;
  className?: string;
  data: PlatformData<T>;
  children(value: T): ReactNode;
}

/** A titled part of the page with its loading and error state. */
export function Panel<T>(props: PanelProps<T>) {
  const { title, aside, className = '', data, children } = props;
  return (
    <section className={`${styles.card} ${className}`} aria-label={title}>
      <div className={styles.panelHeading}>
        <h2 className={styles.panelTitle}>{title}</h2>
        {aside && <div className={styles.secondary}>{aside}</div>}
      </div>
      {data.value === undefined && !data.error && <PanelSkeleton />}
      {data.error && (
        <Alert
          status="danger"
          icon
          role="alert"
          title={
            data.value === undefined
              ? 'This could not be loaded.'
              : 'This may be out of date.'
          }
          description={data.error.message}
          customActions={
            <Button size="small" variant="secondary" onPress={data.retry}>
              Try again
            </Button>
          }
        />
      )}
      {data.value !== undefined && children(data.value)}
    </section>
  );
}

function PanelSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      <Skeleton width="60%" height={16} />
      <Skeleton width="85%" height={16} />
      <Skeleton width="45%" height={16} />
    </div>
  );
}
