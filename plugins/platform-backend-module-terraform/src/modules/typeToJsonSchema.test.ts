import { typeToJsonSchema } from './typeToJsonSchema';

describe('typeToJsonSchema', () => {
  it.each([
    ['string', { type: 'string' }],
    ['number', { type: 'number' }],
    ['bool', { type: 'boolean' }],
    ['any', {}],
    ['list(string)', { type: 'array', items: { type: 'string' } }],
    ['set(number)', { type: 'array', items: { type: 'number' } }],
    [
      'map(list(bool))',
      {
        type: 'object',
        additionalProperties: { type: 'array', items: { type: 'boolean' } },
      },
    ],
    [
      'tuple([string, number])',
      {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'number' }],
        minItems: 2,
      },
    ],
    [
      `object({
        name   = string # what it is called
        "size" : optional(number, max([1, 2]...))
        tags   = optional(map(string), { a = "}" }), /* more */
      })`,
      {
        type: 'object',
        properties: {
          name: { type: 'string' },
          size: { type: 'number' },
          tags: { type: 'object', additionalProperties: { type: 'string' } },
        },
        required: ['name'],
        additionalProperties: false,
      },
    ],
  ])('turns %s into JSON Schema', (type, schema) => {
    expect(typeToJsonSchema(type)).toEqual(schema);
  });

  it.each([
    '',
    'list(',
    'object({ a })',
    'dynamic(string)',
    'object({ a = 1 })',
  ])('takes "%s" for anything', type => {
    expect(typeToJsonSchema(type)).toEqual({});
  });
});
