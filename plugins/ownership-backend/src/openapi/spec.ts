import { errorResponses, errorSchemas } from '@slipway/plugin-platform-node';
import { entityPaths } from './entityPaths';
import { entitySchemas } from './entitySchemas';
import { importPaths, importSchemas } from './importPaths';
import { leaverPaths, leaverSchemas } from './leaverPaths';
import { teamPaths } from './teamPaths';
import { teamSchemas } from './teamSchemas';

/** The API of ownership. The server checks requests against it, and tests hold its answers to it. */
export const spec = {
  openapi: '3.0.3',
  info: {
    title: 'Slipway ownership',
    version: '1',
    description:
      'Who owns what, who is on call for it, what depends on it, and what nobody owns. Times are ISO 8601 in UTC; people, teams and things are entity references such as `user:default/mara`.',
    license: { name: 'Apache-2.0' },
  },
  security: [{ bearer: [] }],
  paths: { ...entityPaths, ...teamPaths, ...leaverPaths, ...importPaths },
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    schemas: {
      ...errorSchemas,
      ...entitySchemas,
      ...teamSchemas,
      ...leaverSchemas,
      ...importSchemas,
    },
    responses: errorResponses,
  },
} as const;
