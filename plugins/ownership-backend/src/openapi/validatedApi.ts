import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { spec } from './spec';

/**
 * A router that serves the document at /openapi.json and refuses requests that are not as it says; handlers of its operations are typed
 * by it.
 */
export function createApiRouter() {
  return createValidatedOpenApiRouter(spec, {
    // Who calls is the handlers' own question, answered with Backstage's services.
    validatorOptions: { validateSecurity: false },
  });
}

export type ApiRouter = ReturnType<typeof createApiRouter>;
