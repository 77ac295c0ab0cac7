import { TestDatabases } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { platformDatabase } from '../__testUtils__/engine';
import { ended, kindOf, request, useEngines } from '../__testUtils__/runs';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = { userRef: 'user:default/mara' };

describe('bad input', () => {
  const { start } = useEngines(() => platformDatabase(databases));

  it('refuses a kind whose steps wait for each other', async () => {
    await expect(
      start(
        kindOf([
          { id: 'a', title: 'A', dependsOn: ['b'], execute: async () => {} },
          { id: 'b', title: 'B', dependsOn: ['a'], execute: async () => {} },
        ]),
      ),
    ).rejects.toThrow('"a" waits for b; "b" waits for a');
  });

  it.each([
    ['too large', { text: 'x'.repeat(50_000_000) }, /256 kB is the most/],
    ['not an object', [1] as never, /not an object/],
    ['not JSON', { big: 1n } as never, /can't be written as JSON/],
    ['with a NUL', { text: 'a\0b' }, /NUL/],
    ['not what the schema says', { port: 'many' }, /port: /],
  ])('fails a step whose output is %s', async (_, output, message) => {
    const { runs } = await start(
      kindOf([
        {
          id: 'a',
          title: 'A',
          output: z.looseObject({ port: z.number().optional() }) as never,
          execute: async () => output,
        },
      ]),
    );
    const run = await ended(runs, (await runs.start(request())).id);
    expect(run).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringMatching(message) },
    });
  });

  it('refuses to go on with a run whose kind has changed, unless the old version is there too', async () => {
    const fails = kindOf([
      {
        id: 'a',
        title: 'A',
        retry: { attempts: 1, delayMs: 1 },
        execute: async () => {
          throw new Error('No.');
        },
        undo: async () => {},
      },
    ]);
    const works = { execute: async () => {} };
    const old = await start(fails);
    const { id } = await old.runs.start(request());
    await ended(old.runs, id);
    await old.stop();
    const newer = kindOf([{ id: 'b', title: 'B', ...works }], { version: 2 });
    const changed = await start(newer);
    await expect(changed.runs.retry(id)).rejects.toThrow(/version 1 of test/);
    await expect(changed.runs.undo(id, mara)).rejects.toThrow(/version 1/);
    await changed.stop();
    const both = await start(
      kindOf([{ id: 'a', title: 'A', ...works }]),
      newer,
    );
    await both.runs.retry(id);
    expect((await ended(both.runs, id)).state).toBe('succeeded');
  });

  it('names what is wrong with the input, the kind and the key', async () => {
    const { runs } = await start(
      kindOf([{ id: 'a', title: 'A', execute: async () => {} }], {
        input: z.object({ size: z.number() }) as never,
        subject: async ({ size }) => ({
          target: `size:${size}`,
          owner: 'group:default/payments',
        }),
      }),
      kindOf([{ id: 'a', title: 'A', execute: async () => {} }], {
        id: 'internal',
      }),
    );
    const ask = (kind: string, input: object, key?: string) =>
      runs.startByRequest({ kind, input: { ...input } }, mara, key);
    await expect(ask('nothing', {})).rejects.toThrow(
      /There are: test, internal/,
    );
    await expect(ask('internal', {})).rejects.toThrow(/by the platform itself/);
    await expect(ask('test', { size: 'big' })).rejects.toThrow(/size: /);
    const first = await ask('test', { size: 1 }, 'key');
    expect((await ask('test', { size: 1 }, 'key')).id).toBe(first.id);
    await expect(ask('test', { size: 2 }, 'key')).rejects.toThrow(/new key/);
    await expect(runs.get('mine')).rejects.toThrow('There is no run mine.');
  });
});
