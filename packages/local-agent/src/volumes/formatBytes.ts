const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];
const STEP = 1000;

/** Bytes as people say them: `1.4 GB`. */
export function formatBytes(bytes: number): string {
  const unit = Math.min(
    Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(STEP)),
    UNITS.length - 1,
  );
  return `${Math.round((bytes / STEP ** unit) * 10) / 10} ${UNITS[unit]}`;
}
