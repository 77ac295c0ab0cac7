import { desiredParameters } from './desiredParameters';

const definition = {
  name: 'postgres-small',
  parameters: { size: 'small' },
  defaults: { extensions: ['pgcrypto'], connections: 10 },
  maximum: {
    connections: 20,
    extensions: ['pgcrypto', 'citext'],
    locale: ['C', 'en'],
  },
};

describe('desiredParameters', () => {
  it.each([
    [{}, {}],
    [{ connections: 20 }, { connections: 20 }],
    [{ extensions: [] }, { extensions: [] }],
    [{ extensions: ['citext'] }, { extensions: ['citext'] }],
    [{ locale: 'C' }, { locale: 'C' }],
    [{ size: 'small' }, {}],
    [{ connections: undefined }, {}],
    [{ note: 'for the demo' }, { note: 'for the demo' }],
  ])('completes %j', (asked, more) => {
    expect(desiredParameters(definition, asked)).toEqual({
      size: 'small',
      extensions: ['pgcrypto'],
      connections: 10,
      ...more,
    });
  });

  it.each([
    [
      { size: 'large' },
      'size: "large" was asked for, but "postgres-small" fixes it at "small". Leave it out, or ask for another class.',
    ],
    [
      { connections: 21 },
      'connections: 21 was asked for, but "postgres-small" allows at most 20.',
    ],
    [
      { connections: '5' },
      'connections: "5" was asked for, but "postgres-small" allows at most 20.',
    ],
    [
      { extensions: ['citext', 'dblink'] },
      'extensions: ["citext","dblink"] was asked for, but "postgres-small" allows only pgcrypto, citext.',
    ],
    [
      { locale: 'tlh' },
      'locale: "tlh" was asked for, but "postgres-small" allows only C, en.',
    ],
  ])('refuses %j', (asked, message) => {
    expect(() => desiredParameters(definition, asked)).toThrow(
      expect.objectContaining({ name: 'InputError', message }),
    );
  });
});
