export { createScaling } from './createScaling';
export { SleepWatch } from './SleepWatch';
