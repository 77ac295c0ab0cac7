export { HoldService } from './HoldService';
