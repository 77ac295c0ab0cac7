export const idParameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
} as const;

export const cursorParameter = {
  name: 'cursor',
  in: 'query',
  description: 'The `nextCursor` of the page before.',
  schema: { type: 'string' },
} as const;

export const limitParameter = {
  name: 'limit',
  in: 'query',
  description: 'How many items a page has at most.',
  schema: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
} as const;

export const ownersParameter = {
  name: 'owner',
  in: 'query',
  description: 'Entity references of teams; of any of them.',
  allowReserved: true,
  schema: { type: 'array', items: { type: 'string' } },
} as const;

export const idempotencyKeyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'However often a request is sent with the same key by the same person, it starts one run. 1 to 200 visible ASCII characters.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
} as const;
