import { formatDuration } from '../format';
import { useNow } from '../live';

/** How long something took or, while it has no end, has been taking. */
export function Elapsed(props: { from: string; to?: string }) {
  const { from, to } = props;
  const now = useNow(to === undefined ? 1_000 : undefined);
  const end = to === undefined ? now : Date.parse(to);
  return <>{formatDuration(end - Date.parse(from))}</>;
}
