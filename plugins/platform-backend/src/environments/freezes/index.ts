export {
  describeEnd,
  freezeAt,
  isFrozen,
  isInWeek,
  minutesInto,
} from './freezeAt';
export { readFreeze } from './readFreeze';
export { readWeekly } from './readWeekly';
