export { OverviewService } from './OverviewService';
