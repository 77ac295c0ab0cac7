import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Run as tests; see `run.examples.test.ts`. */
export const examples: TemplateExample[] = [
  {
    description: 'Bring a release into production, and wait until it serves',
    example: stringify({
      steps: [
        {
          id: 'promote',
          action: 'platform:run',
          name: 'Deploy to production',
          input: {
            kind: 'deploy',
            input: {
              service: 'orders',
              environment: 'prod',
              releaseId: '6b0c1d0e-6f0e-4b0a-9a57-1f6d1a2b3c4d',
            },
          },
        },
      ],
    }),
  },
  {
    description: 'Deploy to several environments, one after the other',
    example: stringify({
      steps: [
        {
          id: 'promote',
          action: 'platform:run',
          name: 'Deploy',
          each: '${{ parameters.environments }}',
          input: {
            kind: 'deploy',
            input: {
              service: 'orders',
              environment: '${{ each.value }}',
              releaseId: '6b0c1d0e-6f0e-4b0a-9a57-1f6d1a2b3c4d',
            },
          },
        },
      ],
    }),
  },
];
