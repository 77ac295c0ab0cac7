import type { OwnershipDirectory } from '../OwnershipDirectory';

/**
 * Payments has mara and idris, logistics only noor, who is in the guild with mara; nobody is in growth.
 *
 * @param annotations - those of payments
 */
export function createDirectory(
  annotations: Record<string, string> = {},
): OwnershipDirectory {
  const [mara, idris, noor] = ['mara', 'idris', 'noor'].map(
    name => `user:default/${name}`,
  );
  const [payments, logistics, guild, growth] = [
    'payments',
    'logistics',
    'guild',
    'growth',
  ].map(name => `group:default/${name}`);
  return {
    groups: new Map([
      [payments, { members: [mara, idris], annotations }],
      [logistics, { members: [noor] }],
      [guild, { members: [mara, noor] }],
      [growth, { members: [] }],
    ]),
    users: new Map([
      [
        mara,
        {
          groups: [payments, guild],
          email: 'mara@example.com',
          lastActiveAt: '2026-11-20T00:00:00.000Z',
        },
      ],
      [idris, { groups: [payments], lastActiveAt: '2026-06-01T00:00:00.000Z' }],
      [
        noor,
        {
          groups: [logistics, guild],
          lastActiveAt: '2026-08-01T00:00:00.000Z',
        },
      ],
    ]),
  };
}
