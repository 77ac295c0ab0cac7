import { formatAgo } from '../format';
import { useNow } from '../live';

/** How long ago something was, going on by itself; the exact time is the tooltip. */
export function TimeAgo(props: { at: string }) {
  const now = useNow(10_000);
  return (
    <time dateTime={props.at} title={new Date(props.at).toLocaleString()}>
      {formatAgo(props.at, now)}
    </time>
  );
}
