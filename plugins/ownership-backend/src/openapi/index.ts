export { spec } from './spec';
export { type ApiRouter, createApiRouter } from './validatedApi';
