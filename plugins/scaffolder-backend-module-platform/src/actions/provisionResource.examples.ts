import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Run as tests; see `provisionResource.examples.test.ts`. */
export const examples: TemplateExample[] = [
  {
    description:
      'Make a database that is asked for in a form, as its plan was shown',
    example: stringify({
      steps: [
        {
          id: 'database',
          action: 'platform:resource:provision',
          name: 'Create the database',
          input: {
            type: 'postgres',
            name: '${{ parameters.name }}',
            environment: '${{ parameters.environment }}',
            owner: '${{ parameters.owner }}',
            class: 'small',
            planDigest: '${{ parameters.plan }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Make a database with extensions, for a week',
    example: stringify({
      steps: [
        {
          id: 'database',
          action: 'platform:resource:provision',
          name: 'Create the database',
          input: {
            type: 'postgres',
            name: 'geo-experiment',
            environment: 'dev',
            owner: 'group:default/logistics',
            parameters: { extensions: ['citext', 'pg_trgm'] },
            timeToLiveMs: 604_800_000,
          },
        },
      ],
    }),
  },
];
