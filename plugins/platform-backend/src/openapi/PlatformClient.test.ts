import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  PlatformClient,
  type Run,
  type RunStreamEvent,
} from '@slipway/plugin-platform-common';
import type { AddressInfo } from 'node:net';
import { NoteKind } from '../__testUtils__/noteKind';
import { startPlatform } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = { token: mockCredentials.user.token('user:default/mara') };
const idris = { token: mockCredentials.user.token('user:default/idris') };

describe('PlatformClient and the server', () => {
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  let client: PlatformClient;

  beforeAll(async () => {
    platform = await startPlatform(databases, new NoteKind().module);
    const { port } = platform.server.address() as AddressInfo;
    client = new PlatformClient({
      discoveryApi: {
        getBaseUrl: async pluginId =>
          `http://localhost:${port}/api/${pluginId}`,
      },
    });
  });

  afterAll(() => platform.stop());

  async function reaches(id: string, state: Run['state']): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      run = await client.getRun(id, mara);
      return run.state === state;
    });
    return run!;
  }

  it('plans, holds, starts and follows a run', async () => {
    const request = { kind: 'note', input: { text: 'held' } };
    const plan = await client.planRun(request, mara);
    expect(plan).toMatchObject({ title: 'Note held', approvals: [] });
    const held = await client.startRun(
      { ...request, hold: true, goldenPath: 'template:default/note' },
      { ...mara, idempotencyKey: 'held' },
    );
    const again = await client.startRun(
      { ...request, hold: true },
      { ...mara, idempotencyKey: 'held' },
    );
    expect(again).toEqual(held);
    await client.startPlannedRun(held.id, mara);
    const events: RunStreamEvent[] = [];
    for await (const event of client.streamRun(held.id, mara)) {
      events.push(event);
    }
    expect(events.at(-1)).toEqual({ type: 'end' });
    const { items } = await client.listRuns(
      {
        state: ['succeeded', 'failed'],
        owner: ['group:default/payments'],
        requestedBy: 'user:default/mara',
        target: 'note:held',
        limit: 1,
      },
      mara,
    );
    expect(items).toMatchObject([
      { id: held.id, goldenPath: 'template:default/note' },
    ]);
  });

  it('cancels, retries, undoes and gives up', async () => {
    const input = { text: 'broken', fail: true };
    const { id } = await client.startRun({ kind: 'note', input }, mara);
    await reaches(id, 'failed');
    await client.retryRun(id, mara);
    await until(
      async () => (await reaches(id, 'failed')).steps[1].attempt === 2,
    );
    expect((await client.giveUpRun(id, mara)).givenUp?.by).toBe(
      'user:default/mara',
    );
    const second = await client.startRun({ kind: 'note', input }, mara);
    await reaches(second.id, 'failed');
    await client.undoRun(second.id, mara);
    await reaches(second.id, 'undone');
    const waiting = await client.startRun(
      { kind: 'note', input: { text: 'waiting', wait: true } },
      mara,
    );
    await reaches(waiting.id, 'waiting');
    await client.cancelRun(waiting.id, mara);
    await reaches(waiting.id, 'cancelled');
    await expect(client.cancelRun(waiting.id, mara)).rejects.toMatchObject({
      statusCode: 409,
    });
  });

  it('decides approvals, and reads where the time went', async () => {
    for (const verdict of ['approve', 'reject'] as const) {
      const { id } = await client.startRun(
        { kind: 'note', input: { text: verdict, environment: 'prod' } },
        mara,
      );
      const { items } = await client.listApprovals(
        { state: 'open', mine: true, limit: 5 },
        idris,
      );
      const [approval] = items.filter(({ run }) => run.id === id);
      expect(await client.getApproval(approval.id, idris)).toEqual(approval);
      const { votes } =
        verdict === 'approve'
          ? await client.approve(approval.id, undefined, idris)
          : await client.reject(approval.id, 'Not today.', idris);
      expect(votes).toMatchObject([{ person: 'user:default/idris' }]);
      await reaches(id, verdict === 'approve' ? 'succeeded' : 'cancelled');
    }
    const ledger = await client.getWaitLedger(
      { groupedBy: 'kind', days: 1, owner: ['group:default/payments'] },
      mara,
    );
    expect(ledger).toMatchObject({ days: 1, groups: [{ key: 'note' }] });
  });

  it('says what the server said', async () => {
    await expect(
      client.startRun({ kind: 'dance', input: {} }, mara),
    ).rejects.toMatchObject({
      statusCode: 400,
      cause: {
        message: expect.stringContaining('no kind of run called "dance"'),
      },
    });
  });
});
