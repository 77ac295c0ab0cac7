/** A moment by the day of the week and the time, in the reader's own time zone or another. */
export function LocalTime(props: { at: string; timeZone?: string }) {
  const { at, timeZone } = props;
  const moment = new Date(at);
  return (
    <time dateTime={at} title={moment.toLocaleString()}>
      {moment.toLocaleString(undefined, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
      })}
    </time>
  );
}
