export { chooseJob, groupByStage } from './jobs';
