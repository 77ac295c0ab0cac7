import { environmentsText } from '../../__testUtils__/environments';

/** A definition's document; what is said of `spec` is YAML in flow style. */
export function definitionText(
  name: string,
  match: string,
  more = 'provider: postgres',
): string {
  return `apiVersion: slipway.dev/v1
kind: ResourceDefinition
metadata: { name: ${name} }
spec: { match: { ${match} }, ${more} }`;
}

export const THREE = [
  { name: 'dev', autoDeploy: true },
  { name: 'staging' },
  { name: 'prod', protected: true },
];

/** Definitions that overlap in every key. */
export const COMPANY = environmentsText(
  THREE,
  definitionText('postgres', 'type: postgres'),
  definitionText('postgres-dev', 'type: postgres, environment: dev'),
  definitionText('postgres-small', 'type: postgres, class: small'),
  definitionText(
    'postgres-large',
    'type: postgres, class: large, environment: prod',
  ),
  definitionText('postgres-payments', 'type: postgres, owner: payments'),
  definitionText('postgres-orders', 'type: postgres, service: orders'),
  definitionText('postgres-ledger', 'type: postgres, id: ledger'),
  definitionText(
    'redis-dev',
    'type: redis, class: small, environment: dev',
    'provider: redis',
  ),
  definitionText(
    'search-growth',
    'type: search, environment: prod, owner: growth',
    'provider: search',
  ),
);
