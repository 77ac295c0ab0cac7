import { RunKindTester } from '../testUtils';
import {
  type AccessList,
  createTemporaryAccessRunKind,
} from './temporaryAccess';

const asked = { system: 'checkout', person: 'user:default/ana', hours: 2 };

function createAccessList() {
  const granted = new Map<string, string>();
  const list: AccessList = {
    ownerOf: async system =>
      system === 'checkout' ? 'group:default/payments' : undefined,
    grant: async (system, person) => {
      const key = `${system}:${person}`;
      granted.set(
        key,
        granted.get(key) ?? `2026-01-01T00:0${granted.size}:00Z`,
      );
      return { since: granted.get(key)! };
    },
    revoke: async (system, person) => {
      granted.delete(`${system}:${person}`);
    },
  };
  return { list, granted };
}

describe('temporaryAccess', () => {
  it('grants after approval, waits, and takes away', async () => {
    const { list, granted } = createAccessList();
    const tester = new RunKindTester(createTemporaryAccessRunKind(list), asked);
    const { waits } = await tester.execute();
    expect(waits.map(({ kind }) => kind)).toEqual([
      'approval',
      'approval',
      'time',
      'time',
    ]);
    expect(waits.at(-1)).toMatchObject({
      until: new Date('2026-01-01T02:00:00Z'),
    });
    expect(granted.size).toBe(0);
  });

  it('leaves nothing behind when it is undone', async () => {
    const { list, granted } = createAccessList();
    const kind = createTemporaryAccessRunKind({
      ...list,
      grant: async (system, person) => {
        await list.grant(system, person);
        throw new Error('The connection broke.');
      },
    });
    const tester = new RunKindTester(kind, asked);
    await expect(tester.execute()).rejects.toThrow('broke');
    expect(granted.size).toBe(1);
    const { remains } = await tester.undo();
    expect(remains).toEqual([]);
    expect(granted.size).toBe(0);
  });

  it('belongs to the team that owns the system', async () => {
    const kind = createTemporaryAccessRunKind(createAccessList().list);
    expect(await kind.subject?.(asked)).toEqual({
      target: 'access:checkout:user:default/ana',
      owner: 'group:default/payments',
    });
    await expect(kind.subject?.({ ...asked, system: 'moon' })).rejects.toThrow(
      'no system "moon"',
    );
  });
});
