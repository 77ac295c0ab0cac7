import { withFields } from './withFields';
import { fieldsOf } from './entityChanges';

const FILE = `# What this is.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders # the service
  description: Takes orders
  annotations:
    slipway.dev/tier: '2'
  tags:
    - shop
spec:
  type: service
  lifecycle: experimental
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: orders
spec:
  lifecycle: experimental # still
`;

describe('withFields', () => {
  it('changes what is named, adds what lacks, takes away what is null, and nothing else', () => {
    expect(
      withFields(
        FILE,
        'component:default/orders',
        fieldsOf({
          lifecycle: 'production',
          description: null,
          runbook: 'https://example.com/orders',
          tags: ['shop', 'payments'],
          tier: '2',
        }),
      ),
    ).toBe(
      FILE.replace('  description: Takes orders\n', '')
        .replace('lifecycle: experimental\n', 'lifecycle: production\n')
        .replace(
          `tier: '2'\n`,
          `tier: '2'\n    slipway.dev/runbook: https://example.com/orders\n`,
        )
        .replace('    - shop\n', '    - shop\n    - payments\n'),
    );
  });

  it('leaves the text as it is where nothing changes', () => {
    const same = fieldsOf({ tier: '2', tags: ['shop'], onCall: null });
    expect(withFields(FILE, 'component:default/orders', same)).toBe(FILE);
  });

  it('refuses what it cannot read', () => {
    expect(() => withFields('{', 'api:default/orders', [])).toThrow(
      'The file has no api:default/orders that can be read.',
    );
  });
});
