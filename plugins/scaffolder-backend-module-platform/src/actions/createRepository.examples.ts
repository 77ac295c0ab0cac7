import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Run as tests; see `createRepository.examples.test.ts`. */
export const examples: TemplateExample[] = [
  {
    description: 'Create a repository from the whole workspace',
    example: stringify({
      steps: [
        {
          id: 'repository',
          action: 'platform:repository:create',
          name: 'Create the repository',
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
      'Create a repository from one directory, with a commit message of your own',
    example: stringify({
      steps: [
        {
          id: 'repository',
          action: 'platform:repository:create',
          name: 'Create the repository',
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
