export { InsightsRouter } from './InsightsRouter';
