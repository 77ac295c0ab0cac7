import { Readable } from 'node:stream';
import type { Draft } from './drafts';
import { readCsv } from './readCsv';

async function read(text: string): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for await (const draft of readCsv(Readable.from([text]))) {
    drafts.push(draft);
  }
  return drafts;
}

describe('a file of comma-separated values', () => {
  it('names its columns in any order, and makes an entity of each row', async () => {
    const [orders, db] = await read(
      [
        '\uFEFFOwner,Name,kind,repository,tags,tier,depends_on,description,system',
        'payments,orders,,https://git.example.com/orders,java; billing,1,orders-api resource:orders-db,"Takes orders, also by mail",checkout',
        ',orders-db,resource,,,,,,',
      ].join('\r\n'),
    );
    expect(orders).toMatchObject({ line: 2, problems: [], gaps: [] });
    expect(orders.entity).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'orders',
        namespace: 'default',
        description: 'Takes orders, also by mail',
        tags: ['java', 'billing'],
        annotations: { 'slipway.dev/tier': '1' },
        links: [{ url: 'https://git.example.com/orders', title: 'Repository' }],
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'payments',
        system: 'checkout',
        dependsOn: ['component:orders-api', 'resource:orders-db'],
      },
    });
    expect(db).toMatchObject({
      entityRef: 'resource:default/orders-db',
      gaps: ['No owner is named.'],
    });
  });

  it.each([
    ['owner,kind\n', /name the columns.*There is no name\.$/],
    ['name,nmae\n', /Not known: "nmae"\.$/],
    ['name,owner,Owner\n', /"owner" is there twice\.$/],
  ])('is refused where its first line is %j', async (text, problem) => {
    await expect(read(`${text}a,b,c\n`)).rejects.toThrow(problem);
  });

  it('says of each row what is wrong with it, and reads the others', async () => {
    const drafts = await read(
      [
        'name,owner,kind,repository,tags,tier',
        'Has Spaces,,,,,',
        'a,a:b:c,robot,ftp://x,UPPER,9',
        'short,row',
        'good,payments,,,,',
        'long,row,,,,,,',
        'said "so",payments,,,,',
        'better,payments,,,,',
        'open,"never closed,,,,',
        'lost,payments,,,,',
      ].join('\n'),
    );
    expect(
      drafts
        .toSorted((a, b) => a.line - b.line)
        .map(({ line, entityRef, problems }) => [
          line,
          entityRef,
          problems.map(problem => problem.split(/[:.]/)[0]),
        ]),
    ).toEqual([
      [2, undefined, ['name']],
      [3, undefined, ['kind', 'owner', 'repository', 'tier', 'tags']],
      [4, undefined, ['It has more or fewer columns than the first line']],
      [5, 'component:default/good', []],
      [6, undefined, ['It has more or fewer columns than the first line']],
      [7, undefined, ['name']],
      [8, 'component:default/better', []],
      [
        10,
        undefined,
        [expect.stringMatching(/^A quote is opened after line 8/)],
      ],
    ]);
  });
});
