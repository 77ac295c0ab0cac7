export { ServiceHistoryStore } from './ServiceHistoryStore';
