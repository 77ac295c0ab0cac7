import { FACT_KINDS, FACT_STATES } from '@slipway/plugin-platform-common';
import { answering, text } from './deliveryParts';
import { commonErrors, notFound } from './errors';

const tags = ['artifacts'] as const;

const digestParameter = {
  name: 'digest',
  in: 'path',
  required: true,
  description: 'The digest of the artifact: `sha256:` and 64 digits.',
  schema: { type: 'string' },
} as const;

export const factSchemas = {
  ArtifactFact: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'state', 'summary', 'findings', 'measuredAt'],
    properties: {
      kind: { type: 'string', enum: FACT_KINDS },
      state: {
        type: 'string',
        enum: FACT_STATES,
        description: '`unknown`: it could not be found out.',
      },
      summary: text,
      findings: {
        type: 'array',
        description: 'The worst first; the first hundred.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'severity'],
          properties: {
            name: text,
            severity: text,
            description: text,
            file: text,
            line: { type: 'integer' },
          },
        },
      },
      measuredAt: text,
    },
  },
  ArtifactFactList: {
    type: 'object',
    additionalProperties: false,
    required: ['items'],
    properties: {
      items: {
        type: 'array',
        items: { $ref: '#/components/schemas/ArtifactFact' },
      },
    },
  },
  CycloneDx: {
    type: 'object',
    description: 'A CycloneDX document, as the pipeline made it.',
    additionalProperties: true,
    properties: {},
  },
} as const;

/** What is known of artifacts. */
export const factPaths = {
  '/artifacts/{digest}/facts': {
    get: {
      operationId: 'listFacts',
      tags,
      summary: 'List what is known of an artifact from its pipeline',
      parameters: [digestParameter],
      responses: {
        ...answering('200', 'The facts.', 'ArtifactFactList'),
        ...commonErrors,
      },
    },
  },
  '/artifacts/{digest}/sbom': {
    get: {
      operationId: 'getSbom',
      tags,
      summary: 'Read what an artifact is made of',
      parameters: [digestParameter],
      responses: {
        ...answering('200', 'The document.', 'CycloneDx'),
        ...commonErrors,
        ...notFound,
      },
    },
  },
} as const;
