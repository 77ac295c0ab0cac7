export { until } from '@slipway/plugin-platform-node/testUtils';
