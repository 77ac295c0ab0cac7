import { conflict, notFound, tooLarge } from './errors';
import { idParameter } from './parameters';

/** How other systems end a wait. */
export const callbackPaths = {
  '/callbacks/{id}': {
    post: {
      operationId: 'callback',
      tags: ['callbacks'],
      summary: 'End the wait that this URL was given out for',
      description:
        'Needs no token: the URL is signed, expires, and is good for once. The body goes to the step that waits.',
      security: [],
      parameters: [
        idParameter,
        {
          name: 'expires',
          in: 'query',
          required: true,
          schema: { type: 'string' },
        },
        {
          name: 'signature',
          in: 'query',
          required: true,
          schema: { type: 'string' },
        },
      ],
      requestBody: {
        required: false,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              description: 'At most 64 kB.',
              additionalProperties: true,
            },
          },
        },
      },
      responses: {
        '204': { description: 'The wait has ended.' },
        '400': { $ref: '#/components/responses/BadRequest' },
        '403': { $ref: '#/components/responses/Forbidden' },
        '500': { $ref: '#/components/responses/ServerError' },
        ...notFound,
        ...conflict,
        ...tooLarge,
      },
    },
  },
} as const;
