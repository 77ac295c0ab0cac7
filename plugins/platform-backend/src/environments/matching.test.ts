import type { ResourceMatch } from '@slipway/plugin-platform-common';
import { environmentsOf } from '../__testUtils__/environments';
import { COMPANY } from './__testUtils__/company';

const environments = environmentsOf(COMPANY);

function ask(more: Partial<ResourceMatch>): ResourceMatch {
  return { type: 'postgres', environment: 'dev', class: 'default', ...more };
}

describe('match', () => {
  it.each<[Partial<ResourceMatch>, string]>([
    [{}, 'postgres-dev'],
    [{ environment: 'staging' }, 'postgres'],
    [{ class: 'small' }, 'postgres-small'],
    [{ class: 'large', environment: 'prod' }, 'postgres-large'],
    [{ owner: 'group:default/payments', class: 'small' }, 'postgres-payments'],
    [{ owner: 'group:default/growth' }, 'postgres-dev'],
    [{ owner: 'group:default/payments', service: 'orders' }, 'postgres-orders'],
    [{ service: 'orders', id: 'ledger' }, 'postgres-ledger'],
    [{ id: 'orders.db' }, 'postgres-dev'],
    [{ type: 'redis', class: 'small' }, 'redis-dev'],
    [
      {
        type: 'search',
        environment: 'prod',
        owner: 'group:default/growth',
      },
      'search-growth',
    ],
  ])('takes the most specific: %j -> %s', (request, name) => {
    expect(environments.match(ask(request)).name).toBe(name);
  });

  it.each<[Partial<ResourceMatch>, string]>([
    [
      { environment: 'stagin' },
      'environment: there is no environment "stagin". Did you mean "staging"? There are: dev, staging, prod.',
    ],
    [
      { type: 'postgre' },
      'type: there is no resource type "postgre". Did you mean "postgres"? There are: postgres, redis, search.',
    ],
    [
      { class: 'smal' },
      'class: postgres has no class "smal" in dev. Did you mean "small"? There are: default, small.',
    ],
    [
      { class: 'large' },
      'class: postgres has no class "large" in dev. There are: default, small.',
    ],
    [
      { type: 'redis' },
      'class: redis has no class "default" in dev. There are: small.',
    ],
    [
      { type: 'redis', environment: 'prod' },
      'environment: redis is not offered in prod, but in: dev.',
    ],
    [
      { type: 'search', environment: 'prod' },
      'type: search is offered in prod only for owner group:default/growth.',
    ],
  ])('refuses %j and says what there is', (request, message) => {
    expect(() => environments.match(ask(request))).toThrow(
      expect.objectContaining({ name: 'InputError', message }),
    );
  });

  it('lets no name of the language match', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(() => environments.match(ask({ type: name }))).toThrow(
        'no resource type',
      );
      expect(() => environments.match(ask({ class: name }))).toThrow(
        'no class',
      );
    }
  });
});

describe('explain', () => {
  it('says why one wins, and each other one of the type does not', () => {
    const request = ask({ class: 'small', owner: 'group:default/growth' });
    expect(environments.explain(request)).toEqual({
      request,
      definition: 'postgres-small',
      provider: 'postgres',
      parameters: {},
      considered: [
        {
          definition: 'postgres-small',
          source: 'environments.yaml:17',
          matches: true,
          specificity: 5,
          reason: 'It matches, and is the most specific that does.',
        },
        {
          definition: 'postgres-dev',
          source: 'environments.yaml:12',
          matches: true,
          specificity: 3,
          reason: 'It matches, but postgres-small is more specific (5 to 3).',
        },
        {
          definition: 'postgres',
          source: 'environments.yaml:7',
          matches: true,
          specificity: 1,
          reason: 'It matches, but postgres-small is more specific (5 to 1).',
        },
        {
          definition: 'postgres-ledger',
          source: 'environments.yaml:37',
          matches: false,
          specificity: 33,
          reason: 'It is for id ledger, and none is asked for.',
        },
        {
          definition: 'postgres-orders',
          source: 'environments.yaml:32',
          matches: false,
          specificity: 17,
          reason: 'It is for service orders, and none is asked for.',
        },
        {
          definition: 'postgres-payments',
          source: 'environments.yaml:27',
          matches: false,
          specificity: 9,
          reason:
            'It is for owner group:default/payments, and group:default/growth is asked for.',
        },
        {
          definition: 'postgres-large',
          source: 'environments.yaml:22',
          matches: false,
          specificity: 7,
          reason:
            'It is for class large, and small is asked for; for environment prod, and dev is asked for.',
        },
      ],
    });
  });

  it('says that a class is unknown', () => {
    const { definition, considered } = environments.explain(
      ask({ class: 'huge' }),
    );
    expect(definition).toBeUndefined();
    expect(considered.some(({ matches }) => matches)).toBe(false);
    expect(considered).toContainEqual(
      expect.objectContaining({
        definition: 'postgres-dev',
        reason:
          'It is for every class that there is, and there is no class huge here, but: default, small.',
      }),
    );
  });

  it('says of one that is alone that it is', () => {
    const { considered } = environments.explain(
      ask({ type: 'redis', class: 'small' }),
    );
    expect(considered.map(({ reason }) => reason)).toEqual([
      'It is the only one that matches.',
    ]);
  });

  it('refuses a type or an environment that is not there', () => {
    expect(() => environments.explain(ask({ type: 'mysql' }))).toThrow(
      'There are: postgres, redis, search',
    );
    expect(() => environments.explain(ask({ environment: 'qa' }))).toThrow(
      'There are: dev, staging, prod',
    );
  });
});

describe('offers', () => {
  it('are what anybody can ask for, environment by environment', () => {
    expect(
      environments
        .offers('postgres')
        .map(offer => [offer.environment, offer.class, offer.definition]),
    ).toEqual([
      ['dev', 'default', 'postgres-dev'],
      ['dev', 'small', 'postgres-small'],
      ['staging', 'default', 'postgres'],
      ['staging', 'small', 'postgres-small'],
      ['prod', 'default', 'postgres'],
      ['prod', 'small', 'postgres-small'],
      ['prod', 'large', 'postgres-large'],
    ]);
    expect(environments.offers('redis')).toEqual([
      {
        environment: 'dev',
        class: 'small',
        definition: 'redis-dev',
        provider: 'redis',
        fixed: {},
        defaults: {},
        maximum: {},
      },
    ]);
    expect(environments.offers('search')).toEqual([]);
  });
});
