import { approvalPaths, approvalSchemas } from './approvalPaths';
import { callbackPaths } from './callbackPaths';
import { configurationPaths, configurationSchemas } from './configurationPaths';
import { deliveryPaths } from './deliveryPaths';
import { deliverySchemas } from './deliverySchemas';
import { errorResponses, errorSchemas } from './errors';
import { factPaths, factSchemas } from './factPaths';
import { ledgerPaths, ledgerSchemas } from './ledgerPaths';
import { previewPaths, previewSchemas } from './previewPaths';
import { resourcePaths } from './resourcePaths';
import { resourceSchemas } from './resourceSchemas';
import { runPaths } from './runPaths';
import { runAnswerSchemas } from './runAnswerSchemas';
import { runSchemas } from './runSchemas';

/**
 * The API of runs, approvals, resources, deliveries and the wait ledger. The server checks requests against it, and tests hold its answers to
 * it. Formats and examples are left out of schemas: the checker knows none.
 */
export const spec = {
  openapi: '3.0.3',
  info: {
    title: 'Slipway platform',
    version: '1',
    description:
      'Runs, approvals, resources, deliveries and the wait ledger. Times are ISO 8601 in UTC, durations milliseconds; people, teams and templates are entity references such as `user:default/mara`.',
    license: { name: 'Apache-2.0' },
  },
  security: [{ bearer: [] }],
  paths: {
    ...runPaths,
    ...approvalPaths,
    ...callbackPaths,
    ...ledgerPaths,
    ...resourcePaths,
    ...deliveryPaths,
    ...configurationPaths,
    ...previewPaths,
    ...factPaths,
  },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      ...errorSchemas,
      ...runSchemas,
      ...runAnswerSchemas,
      ...approvalSchemas,
      ...ledgerSchemas,
      ...resourceSchemas,
      ...deliverySchemas,
      ...configurationSchemas,
      ...previewSchemas,
      ...factSchemas,
    },
    responses: errorResponses,
  },
} as const;
