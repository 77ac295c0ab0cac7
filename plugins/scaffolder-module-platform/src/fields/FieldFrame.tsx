import { Alert, Skeleton } from '@backstage/ui';
import { ErrorNotice, type Live } from '@slipway/plugin-platform-react';
import type { ReactNode } from 'react';

/** What a field shows while there is nothing to choose from yet, or nothing at all. */
export function FieldFrame<T>(props: {
  live: Pick<Live<T>, 'data' | 'error' | 'refresh'>;
  /** What is loaded, as in `Can't load the environments`. */
  what: string;
  /** What to say where there is nothing, and what to do then. */
  nothing(data: T): { title: string; description: string } | undefined;
  children(data: T): ReactNode;
}) {
  const { live, what, nothing, children } = props;
  const { data, error, refresh } = live;
  if (data === undefined && error) {
    return (
      <ErrorNotice
        title={`Can't load ${what}`}
        error={error}
        onRetry={refresh}
      />
    );
  }
  if (data === undefined) {
    return (
      <div role="status" aria-label={`Loading ${what}`}>
        <Skeleton width="100%" height={40} />
      </div>
    );
  }
  const empty = nothing(data);
  return empty ? (
    <Alert status="warning" icon role="alert" {...empty} />
  ) : (
    <>{children(data)}</>
  );
}
