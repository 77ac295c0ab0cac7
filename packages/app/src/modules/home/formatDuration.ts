/** A duration as people say it: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 59.5) {
    return `${Math.round(seconds)} s`;
  }
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) {
    return join(`${minutes} min`, Math.round(seconds) % 60, 's');
  }
  return join(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

function join(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large} ${small} ${unit}`;
}
