export { type ApiRouter, createApiRouter } from './createApiRouter';
export { spec } from './spec';
