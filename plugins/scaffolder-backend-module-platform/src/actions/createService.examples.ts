import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Run as tests; see `createService.examples.test.ts`. */
export const examples: TemplateExample[] = [
  {
    description: 'Create a service from the whole workspace',
    example: stringify({
      steps: [
        {
          id: 'service',
          action: 'platform:service:create',
          name: 'Create, build and deploy',
          input: {
            name: 'invoice-mailer',
            description: 'Sends invoices by mail.',
            owner: 'group:default/payments',
          },
        },
      ],
    }),
  },
  {
    description:
      'Create a service from one directory, with a commit message of your own',
    example: stringify({
      steps: [
        {
          id: 'service',
          action: 'platform:service:create',
          name: 'Create, build and deploy',
          input: {
            name: 'parcel-tracker',
            description: 'Tells customers where their parcel is.',
            owner: 'group:default/logistics',
            sourcePath: './service',
            commitMessage: 'Start from the Node.js golden path',
          },
        },
      ],
    }),
  },
];
