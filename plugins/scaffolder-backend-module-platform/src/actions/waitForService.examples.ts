import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** Run as tests; see `waitForService.examples.test.ts`. */
export const examples: TemplateExample[] = [
  {
    description: 'Wait until the service of a new repository answers',
    example: stringify({
      steps: [
        {
          id: 'serving',
          action: 'platform:service:wait',
          name: 'Build, test and roll out',
          input: {
            service: 'invoice-mailer',
            commit: '${{ steps.repository.output.commit }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Wait for a commit that is known',
    example: stringify({
      steps: [
        {
          id: 'serving',
          action: 'platform:service:wait',
          name: 'Build, test and roll out',
          input: { service: 'invoice-mailer', commit: 'a41f9c2' },
        },
      ],
    }),
  },
];
