import { mockServices } from '@backstage/backend-test-utils';
import type { Transfer } from '@slipway/plugin-ownership-common';
import type {
  OwnershipMove,
  OwnershipMoveRequest,
} from '@slipway/plugin-platform-common';
import { PlatformMover } from './PlatformMover';

const transfer: Transfer = {
  id: 'transfer-1',
  state: 'accepted',
  entities: [
    {
      entityRef: 'component:default/orders',
      title: 'orders',
      from: 'group:default/payments',
    },
    { entityRef: 'component:default/stray', title: 'stray' },
  ],
  to: 'group:default/growth',
  toTitle: 'Growth',
  reason: 'They work on it.',
  offeredBy: 'user:default/mara',
  offeredAt: '2026-11-26T10:00:00.000Z',
  decidedBy: 'user:default/tomas',
  decidedAt: '2026-11-26T11:00:00.000Z',
  touched: [],
};

function start(...answers: Array<Omit<OwnershipMove, 'runId'>>) {
  const asked: OwnershipMoveRequest[] = [];
  const told: unknown[][] = [];
  let end: () => void;
  const ended = new Promise<void>(resolve => {
    end = resolve;
  });
  const tell =
    (what: string) =>
    async (...parameters: unknown[]) => {
      told.push([what, ...parameters]);
      end();
    };
  const mover = new PlatformMover({
    auth: mockServices.auth({ pluginId: 'ownership' }),
    logger: mockServices.logger.mock(),
    lookMs: 1,
    platform: {
      moveOwnership: async request => {
        asked.push(request);
        const answer = answers[Math.min(asked.length, answers.length) - 1];
        return { runId: 'run-1', ...answer };
      },
    },
  });
  mover.connect({
    moved: tell('moved'),
    movedBack: tell('movedBack'),
    failed: tell('failed'),
  });
  return { mover, asked, told, ended };
}

describe('PlatformMover', () => {
  it('asks under the same key until it is done, and tells what was changed', async () => {
    const { mover, asked, told, ended } = start(
      { state: 'running', touched: [] },
      { state: 'running', touched: [] },
      { state: 'done', touched: ['a place'] },
    );
    expect(await mover.move(transfer)).toEqual({ runId: 'run-1' });
    await ended;
    expect(told).toEqual([['moved', 'transfer-1', ['a place']]]);
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    expect(asked[0]).toMatchObject({
      by: 'user:default/tomas',
      title: 'Give orders and 1 more to Growth',
      entities: [
        { entityRef: 'component:default/orders', to: 'group:default/growth' },
        { entityRef: 'component:default/stray', to: 'group:default/growth' },
      ],
    });
  });

  it('gives back what somebody owned', async () => {
    const { mover, asked, told, ended } = start({ state: 'done', touched: [] });
    await mover.moveBack(transfer);
    await ended;
    expect(told).toEqual([['movedBack', 'transfer-1']]);
    expect(asked[0].entities).toEqual([
      { entityRef: 'component:default/orders', to: 'group:default/payments' },
    ]);
  });

  it('tells that it failed, and asks for another one once it is agreed to anew', async () => {
    const { mover, asked, told, ended } = start({
      state: 'failed',
      touched: [],
      problem: 'It conflicts.',
    });
    await mover.move(transfer);
    await ended;
    expect(told).toEqual([['failed', 'transfer-1', 'It conflicts.']]);
    await mover.move({ ...transfer, decidedAt: '2026-11-26T12:00:00.000Z' });
    mover.stop();
    expect(asked[1].key).not.toBe(asked[0].key);
  });
});
