import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Run as tests; see `destroyResource.examples.test.ts`. */
export const examples: TemplateExample[] = [
  {
    description:
      'Destroy a resource that is chosen in a form, as its plan was shown',
    example: stringify({
      steps: [
        {
          id: 'removal',
          action: 'platform:resource:destroy',
          name: 'Remove the database',
          input: {
            resourceId: '${{ parameters.resourceId }}',
            planDigest: '${{ parameters.plan }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Destroy a resource, and take down what uses it',
    example: stringify({
      steps: [
        {
          id: 'removal',
          action: 'platform:resource:destroy',
          name: 'Remove the database and its services',
          input: {
            resourceId: '6b0c1d0e-6f0e-4b0a-9a57-1f6d1a2b3c4d',
            withConnected: true,
          },
        },
      ],
    }),
  },
];
