import { parameterFields } from './parameterFields';

const schema = {
  properties: {
    connections: { type: 'integer', minimum: 1, maximum: 100 },
    version: { type: 'string', enum: ['15', '16'] },
    comment: { type: 'string', title: 'Comment', description: 'For people' },
    logged: { type: 'boolean' },
    extensions: { type: 'array', items: { type: 'string' } },
    size: { type: 'string' },
    labels: { type: 'object' },
    memory: { type: 'integer', maximum: Number.MAX_SAFE_INTEGER },
  },
};

it('makes a field of each parameter that people may choose, within what the definition allows', () => {
  const fields = parameterFields(schema, {
    fixed: { size: 'small' },
    maximum: { connections: 20, extensions: ['citext'] },
  });
  expect(fields).toEqual([
    {
      name: 'connections',
      title: 'connections',
      kind: 'number',
      options: [],
      minimum: 1,
      maximum: 20,
    },
    {
      name: 'version',
      title: 'version',
      kind: 'choice',
      options: ['15', '16'],
    },
    {
      name: 'comment',
      title: 'Comment',
      description: 'For people',
      kind: 'text',
      options: [],
    },
    { name: 'logged', title: 'logged', kind: 'flag', options: [] },
    {
      name: 'extensions',
      title: 'extensions',
      kind: 'choices',
      options: ['citext'],
    },
    { name: 'memory', title: 'memory', kind: 'number', options: [] },
  ]);
});

it('makes none of a schema without properties', () => {
  expect(parameterFields({}, { fixed: {}, maximum: {} })).toEqual([]);
});
