import { z } from 'zod';
import { type RunKind, type StepDefinition, waitForEvent } from '../runs';
import { RunKindTester } from './RunKindTester';

function kindOf(...steps: StepDefinition<{}>[]): RunKind<{}> {
  return {
    id: 'test',
    version: 1,
    input: z.object({}),
    title: () => 'Test',
    steps,
  };
}

describe('RunKindTester', () => {
  it('finds a step that does its work twice', async () => {
    let made = 0;
    const tester = new RunKindTester(
      kindOf({
        id: 'make',
        title: 'Make',
        execute: async () => {
          made += 1;
          return { number: made };
        },
      }),
      {},
    );
    await expect(tester.execute()).rejects.toThrow(/isn't idempotent/);
  });

  it('finds an undo that needs an output it may not get', async () => {
    const tester = new RunKindTester(
      kindOf({
        id: 'make',
        title: 'Make',
        execute: async () => ({ id: 'x' }),
        undo: async ({ done }) => {
          if (!done) {
            throw new Error('Which one?');
          }
        },
      }),
      {},
    );
    await tester.execute();
    await expect(tester.undo()).rejects.toThrow('Which one?');
  });

  it('hands outputs, answers to waits and callbacks to the steps, in the order of their dependencies', async () => {
    const tester = new RunKindTester(
      kindOf(
        {
          id: 'last',
          title: 'Last',
          dependsOn: ['first'],
          execute: async ({ output, log, secret, callback }) => {
            await secret('hunter22');
            log((await callback({ name: 'x', reason: 'it' })).url);
            return { got: output('first').answer };
          },
        },
        {
          id: 'first',
          title: 'First',
          dependsOn: [],
          execute: async ({ resumed }) =>
            resumed?.payload ??
            waitForEvent({ key: 'k', reason: 'it', timeoutMs: 1 }),
        },
      ),
      {},
      () => ({ outcome: 'resumed', payload: { answer: 42 } }),
    );
    const run = await tester.execute();
    expect(run).toMatchObject({
      outputs: { first: { answer: 42 }, last: { got: 42 } },
      secrets: ['hunter22', 'hunter22'],
      log: ['http://localhost/callbacks/last/x', expect.anything()],
    });
  });
});
