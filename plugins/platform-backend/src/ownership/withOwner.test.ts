import { withOwner } from './withOwner';

const FILE = `# Who we are.
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: orders
spec:
  type: openapi
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders # the service
spec:
  type: service
  owner: "payments"   # until the split
  lifecycle: production
`;

describe('withOwner', () => {
  it('changes the owner of one entity, and nothing else', () => {
    expect(
      withOwner(FILE, 'component:default/orders', 'group:default/growth'),
    ).toBe(FILE.replace('"payments"', 'growth'));
  });

  it('adds an owner where there was none', () => {
    expect(withOwner(FILE, 'api:default/orders', 'group:other/growth')).toBe(
      FILE.replace(
        '  type: openapi',
        '  owner: group:other/growth\n  type: openapi',
      ),
    );
  });

  it.each([
    ['component:default/cart', FILE],
    ['component:default/orders', '{broken'],
    ['component:default/orders', ''],
  ])('refuses a file without %s', (entityRef, text) => {
    expect(() => withOwner(text, entityRef, 'group:default/growth')).toThrow(
      `The file has no ${entityRef}`,
    );
  });
});
