import { TestDatabases } from '@backstage/backend-test-utils';
import type { PlannedChange } from '@slipway/plugin-platform-common';
import { platformDatabase } from '../__testUtils__/engine';
import { ended, kindOf, request, useEngines } from '../__testUtils__/runs';
import { planDigest } from './planDigest';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('the plan that was shown', () => {
  const { start } = useEngines(() => platformDatabase(databases));
  let size = 'small';
  let seen: PlannedChange[] = [];

  const kind = () =>
    kindOf(
      [
        {
          id: 'act',
          title: 'Act',
          execute: async ({ planned }) => {
            seen = planned;
          },
        },
      ],
      {
        plan: async () => [
          {
            action: 'change',
            what: 'database orders in dev',
            fields: [{ field: 'size', from: 'tiny', to: size }],
          },
        ],
      },
    );

  it('is what is done, and what the steps are told', async () => {
    const { runs } = await start(kind());
    const { digest, changes } = await runs.describe(request());
    const { id } = await runs.start(request('there', { planDigest: digest }));
    expect((await ended(runs, id)).state).toBe('succeeded');
    expect(seen).toEqual(changes);
  });

  it('starts nothing where it has changed meanwhile, and says what it is now', async () => {
    const { runs } = await start(kind());
    const { digest } = await runs.describe(request());
    size = 'large';
    await expect(
      runs.start(request('there', { planDigest: digest })),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(
        'change database orders in dev (size: "tiny" to "large")',
      ),
    });
    expect((await runs.list({}, { limit: 10 })).items).toEqual([]);
  });

  it('has the same digest whatever the order of keys, and another for another change', () => {
    const plan = (...changes: PlannedChange[]) => planDigest(changes);
    expect(plan({ action: 'create', what: 'a' })).toBe(
      plan({ what: 'a', action: 'create' }),
    );
    expect(plan({ action: 'create', what: 'a' })).not.toBe(
      plan({ action: 'remove', what: 'a' }),
    );
  });
});
