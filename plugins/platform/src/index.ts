/**
 * The platform's pages, entity tabs and cards.
 *
 * @packageDocumentation
 */
export { platformPlugin as default } from './plugin';
export * from './api';
export { ErrorNotice, explain } from './components/ErrorNotice';
export { TimesBar } from './components/TimesBar';
export { ChangeList, PlanVerdict } from './decisions';
export { formatBytes, formatDuration, formatValue } from './format';
export { useLive, type Live } from './live';
