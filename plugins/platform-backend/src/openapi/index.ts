export { type ApiRouter, createApiRouter } from './validatedApi';
export { spec } from './spec';
