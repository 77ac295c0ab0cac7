/** The body of every error answer: Backstage's. */
export const errorSchemas = {
  Error: {
    type: 'object',
    required: ['error', 'response'],
    properties: {
      error: {
        type: 'object',
        required: ['name', 'message'],
        properties: {
          name: { type: 'string', description: 'Such as `InputError`.' },
          message: {
            type: 'string',
            description: 'What was wrong, and what would be right.',
          },
        },
      },
      request: {
        type: 'object',
        properties: {
          method: { type: 'string' },
          url: { type: 'string' },
        },
      },
      response: {
        type: 'object',
        required: ['statusCode'],
        properties: { statusCode: { type: 'integer' } },
      },
    },
  },
} as const;

const content = {
  'application/json': { schema: { $ref: '#/components/schemas/Error' } },
} as const;

export const errorResponses = {
  BadRequest: {
    description:
      'Something in the request is not what it should be; the message names it.',
    content,
  },
  Unauthorized: { description: 'The token is missing or not valid.', content },
  Forbidden: {
    description: 'You may not do this; the message says who may.',
    content,
  },
  NotFound: { description: 'It does not exist.', content },
  Conflict: {
    description:
      'It does not go together with the state things are in; the message says why.',
    content,
  },
  TooLarge: { description: 'The body is too large.', content },
  Unavailable: {
    description:
      'What it takes does not answer; the message names it. Try again in a moment.',
    content,
  },
  ServerError: {
    description: 'Something failed on our side; trying again may help.',
    content,
  },
} as const;

/** What every operation that asks who calls may answer. */
export const commonErrors = {
  '400': { $ref: '#/components/responses/BadRequest' },
  '401': { $ref: '#/components/responses/Unauthorized' },
  '403': { $ref: '#/components/responses/Forbidden' },
  '500': { $ref: '#/components/responses/ServerError' },
} as const;

export const notFound = {
  '404': { $ref: '#/components/responses/NotFound' },
} as const;

export const conflict = {
  '409': { $ref: '#/components/responses/Conflict' },
} as const;

export const tooLarge = {
  '413': { $ref: '#/components/responses/TooLarge' },
} as const;

export const unavailable = {
  '503': { $ref: '#/components/responses/Unavailable' },
} as const;
