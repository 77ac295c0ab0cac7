/** What the operations of deliveries and configurations have in common. */
export { answering, body } from '@slipway/plugin-platform-node';

export const text = { type: 'string' } as const;
export const serviceParameter = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'The name of the service.',
  schema: text,
} as const;
export const environmentParameter = {
  name: 'environment',
  in: 'query',
  schema: text,
} as const;
export const reason = {
  type: 'string',
  minLength: 1,
  maxLength: 500,
  description: 'Why, for those who have to agree, and those who look later.',
} as const;
