import { environmentsText } from '../__testUtils__/environments';
import { definitionText, THREE } from './__testUtils__/company';
import { POSTGRES, TERRAFORM } from './__testUtils__/providers';
import { listProblems, readEnvironments } from './readEnvironments';

function problemsOf(match: string, more: string): string[] {
  const text = environmentsText(THREE, definitionText('db', match, more));
  const { problems } = readEnvironments(
    [{ name: 'a.yaml', text }],
    [POSTGRES, TERRAFORM],
  );
  return listProblems(problems).split('\n').filter(Boolean);
}

describe('checkAgainstProviders', () => {
  it.each([
    'provider: postgres, defaults: { connections: 10 }',
    'provider: postgres, parameters: { size: large, connections: 500 }',
    'provider: postgres, defaults: { connections: 10 }, maximum: { connections: 500 }',
    'provider: postgres, maximum: { extensions: [pgcrypto], locale: [C] }',
  ])('takes %s', more => {
    expect(problemsOf('type: postgres', more)).toEqual([]);
  });

  it('takes whatever a provider without an end of its fields takes', () => {
    expect(
      problemsOf(
        'type: bucket',
        'provider: terraform, parameters: { module: ./bucket, region: eu }, maximum: { gigabytes: 10 }',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'type: postgres',
      'provider: postgers',
      'This portal has no resource provider "postgers". Did you mean "postgres"? It has: postgres, terraform. Name one of them, or install the module that brings it.',
    ],
    [
      'type: redis',
      'provider: postgres',
      'The provider postgres makes postgres, and spec.match.type is redis. What makes redis here: no provider.',
    ],
    [
      'type: bucket',
      'provider: postgres',
      'The provider postgres makes postgres, and spec.match.type is bucket. What makes bucket here: terraform.',
    ],
    [
      'type: postgres',
      'provider: postgres, defaults: { conections: 5 }',
      'What postgres can be asked for has no field "conections". Did you mean "connections"?',
    ],
    [
      'type: postgres',
      'provider: postgres, maximum: { gigabytes: 5 }',
      'What postgres can be asked for has no field "gigabytes". It may have: size, connections, extensions, locale, database.',
    ],
    [
      'type: postgres',
      'provider: postgres, parameters: { size: huge }',
      'spec.parameters.size is not what the provider postgres takes. Invalid option: expected one of "small"|"large"',
    ],
    [
      'type: postgres',
      'provider: postgres, defaults: { extensions: [citext, dblink] }',
      'spec.defaults.extensions.1 is not what the provider postgres takes. Invalid option: expected one of "pgcrypto"|"citext"',
    ],
    [
      'type: postgres',
      'provider: postgres, defaults: { connections: 10 }, maximum: { connections: 501 }',
      `spec.maximum.connections allows what the provider postgres doesn't take. Too big: expected number to be <=500`,
    ],
    [
      'type: postgres',
      'provider: postgres, maximum: { locale: [C, tlh] }',
      `spec.maximum.locale allows what the provider postgres doesn't take. Invalid option: expected one of "C"|"en"`,
    ],
  ])('refuses %s with %s', (match, more, message) => {
    expect(problemsOf(match, more)).toEqual([`a.yaml:10: ${message}`]);
  });

  it('finds what the provider takes by itself and the definition does not allow', () => {
    const what =
      'provider: postgres, parameters: { database: app }, maximum: { connections: 20 }';
    expect(problemsOf('type: postgres', what)).toEqual([
      'a.yaml:10: Where nothing is asked for, the provider postgres takes 50 for connections, and spec.maximum allows at most 20. Say in spec.defaults.connections what to take.',
    ]);
    const said = `${what}, defaults: { connections: 20 }`;
    expect(problemsOf('type: postgres', said)).toEqual([]);
  });
});
