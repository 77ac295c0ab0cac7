import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { Live } from '../live';
import { ErrorNotice } from './ErrorNotice';

/**
 * Shows what was loaded, or that it is loading, or why it can't be. What was loaded before stays when
 * loading it again fails, under a word of warning.
 */
export function LiveView<T>(props: {
  live: Live<T>;
  /** What is loaded, as in `Can't load the runs`. */
  what: string;
  children(data: T): ReactNode;
}) {
  const { live, what, children } = props;
  const { data, error, loading, refresh } = live;
  if (data === undefined && error === undefined && loading) {
    return <Loading what={what} />;
  }
  return (
    <>
      {error && (
        <ErrorNotice
          title={
            data === undefined
              ? `Can't load ${what}`
              : `Can't refresh ${what}; this may be out of date`
          }
          error={error}
          onRetry={refresh}
        />
      )}
      {data !== undefined && children(data)}
    </>
  );
}

function Loading({ what }: { what: string }) {
  return (
    <div role="status">
      <VisuallyHidden>Loading {what}</VisuallyHidden>
      <Flex direction="column" gap="3" aria-hidden="true">
        <Skeleton width="100%" height={56} />
        <Skeleton width="100%" height={56} />
        <Skeleton width="100%" height={56} />
      </Flex>
    </div>
  );
}
