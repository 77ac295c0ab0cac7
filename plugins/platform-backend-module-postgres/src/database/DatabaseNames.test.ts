import { randomUUID } from 'node:crypto';
import { namesOf } from './DatabaseNames';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

function allNamesOf(id: string, name: string): string[] {
  const { logins, readerLogins, ...names } = namesOf({ id, name, state: {} });
  return [
    ...Object.values(names),
    ...Object.values(logins),
    ...Object.values(readerLogins),
  ];
}

describe('namesOf', () => {
  it('begins with the name and ends with the id', () => {
    expect(namesOf({ id: ID, name: 'orders.db', state: {} })).toEqual({
      database: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq',
      deleted: 'deleted_0x5yg3bfyrehlas5fmd3rslxq',
      owner: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq',
      reader: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq_ro',
      logins: {
        a: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq_a',
        b: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq_b',
      },
      readerLogins: {
        a: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq_ro_a',
        b: 'orders_db_0x5yg3bfyrehlas5fmd3rslxq_ro_b',
      },
    });
  });

  it.each([
    ['the longest', 'a'.repeat(63)],
    ['dots and hyphens', '-.'.repeat(31)],
    ['quotes', `x"; DROP DATABASE postgres; --'`],
    ['letters of more than one byte', 'ä🐘'.repeat(20)],
  ])('keeps what PostgreSQL keeps whole: %s', (_what, name) => {
    allNamesOf(ID, name)
      .concat(allNamesOf('ffffffff-ffff-ffff-ffff-ffffffffffff', name))
      .forEach(each => expect(each).toMatch(/^[a-z0-9_]{1,63}$/));
  });

  it('gives no two resources a name in common', () => {
    const names = Array.from({ length: 500 }, (_, index) =>
      allNamesOf(randomUUID(), index % 2 ? 'orders.db' : 'orders-db'),
    ).flatMap(each => [...new Set(each)]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves an adopted database its name', () => {
    const names = namesOf({
      id: ID,
      name: 'x',
      state: { database: 'Old one' },
    });
    expect(names.database).toBe('Old one');
    expect(names.owner).toMatch(/^x_/);
  });
});
