/** A point in time. */
export const time = {
  type: 'string',
  description: 'ISO 8601, UTC.',
} as const;

/** Any JSON object. */
export const anyObject = {
  type: 'object',
  additionalProperties: true,
} as const;

export const strings = { type: 'array', items: { type: 'string' } } as const;
