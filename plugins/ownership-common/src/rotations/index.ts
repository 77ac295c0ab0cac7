export {
  dayNumberOf,
  formatLocal,
  instantOf,
  isTimeZone,
  minutesOf,
  weekdayOf,
} from './localTime';
export { gaps, nextShift, onCallAt, shifts } from './shifts';
export * from './types';
