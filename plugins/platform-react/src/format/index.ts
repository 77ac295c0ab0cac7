export { formatAgo } from './formatAgo';
export { formatBytes } from './formatBytes';
export { formatDuration } from './formatDuration';
export { formatOrdinal } from './formatOrdinal';
export { formatDay } from './formatDay';
export { formatUntil } from './formatUntil';
export { formatValue } from './formatValue';
