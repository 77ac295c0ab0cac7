import { formatUntil } from '../format';
import { useNow } from '../live';

/** How far off a moment is, going on by itself; the exact time is the tooltip. */
export function TimeLeft(props: { until: string }) {
  const { until } = props;
  const now = useNow(10_000);
  return (
    <time dateTime={until} title={new Date(until).toLocaleString()}>
      {formatUntil(until, now)}
    </time>
  );
}
