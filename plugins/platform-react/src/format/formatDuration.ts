const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in milliseconds, as short as it can be said: `9 ms`, `4.1 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (length < 100) {
    return `${Math.round(length)} ms`;
  }
  if (length < 10 * SECOND) {
    return `${(length / SECOND).toFixed(1)} s`;
  }
  if (length < MINUTE) {
    return `${Math.floor(length / SECOND)} s`;
  }
  if (length < HOUR) {
    return twoParts(length, MINUTE, 'min', SECOND, 's');
  }
  if (length < DAY) {
    return twoParts(length, HOUR, 'h', MINUTE, 'min');
  }
  return twoParts(length, DAY, 'd', HOUR, 'h');
}

function twoParts(
  length: number,
  large: number,
  largeUnit: string,
  small: number,
  smallUnit: string,
): string {
  const rest = Math.floor((length % large) / small);
  const whole = `${Math.floor(length / large)} ${largeUnit}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallUnit}`;
}
