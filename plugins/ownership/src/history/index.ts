export { Timeline } from './Timeline';
export { TimelineTab } from './TimelineTab';
