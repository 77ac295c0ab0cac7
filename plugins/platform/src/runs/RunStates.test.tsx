import type { PlatformApi, Run } from '@slipway/plugin-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PushStream } from '../__testUtils__/PushStream';
import {
  anApproval,
  aRun,
  aStep,
  aWait,
  secondsAgo,
} from '../__testUtils__/platform';
import { renderPlatform } from '../__testUtils__/renderPlatform';

async function showRun(run: Run, platformApi: Partial<PlatformApi> = {}) {
  const stream = new PushStream<{ type: 'run'; run: Run }>();
  renderPlatform(
    { path: '/runs/run-1' },
    {
      streamRun: (_id, options) => stream.open(options?.signal),
      ...platformApi,
    },
  );
  await waitFor(() => expect(stream.opened).toBe(1));
  stream.push({ type: 'run', run });
  await screen.findByRole('heading', { name: run.title });
  return stream;
}

const left = [
  { stepId: 'repository', what: 'repository orders', certain: true },
  { stepId: 'database', what: 'database orders in dev', certain: false },
];

describe('the page of a run in each of its states', () => {
  it('says who waits for whom, until when, and why one may not decide oneself', async () => {
    await showRun(
      aRun({ state: 'waiting', startedAt: undefined, waits: [aWait()] }),
      {
        getApproval: async () =>
          anApproval({
            run: { ...anApproval().run, requestedBy: 'user:default/mara' },
            mayDecide: false,
            mayNotDecideBecause: 'You asked for it yourself.',
          }),
      },
    );
    expect(screen.getByText('waiting for approval')).toBeVisible();
    const wait = await screen.findByRole('article', {
      name: 'Waiting for approval',
    });
    expect(await within(wait).findByText(/waits for/)).toHaveTextContent(
      'mara waits for a second person of payments.',
    );
    expect(within(wait).getByText('You asked for it yourself.')).toBeVisible();
    expect(within(wait).queryByRole('button')).toBeNull();
  });

  it('lets whoever may approve right there', async () => {
    const approve = jest.fn(async () => anApproval());
    await showRun(
      aRun({
        state: 'waiting',
        requestedBy: 'user:default/idris',
        waits: [aWait()],
      }),
      { getApproval: async () => anApproval(), approve },
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    expect(approve).toHaveBeenCalledWith('wait-1', undefined);
  });

  it('shows what a step waits for while the others go on', async () => {
    const wait = aWait({
      kind: 'event',
      waitsFor: 'machines',
      stepId: 'pipeline',
      approval: undefined,
      reason: 'the pipeline of a41f9c2',
    });
    await showRun(
      aRun({
        waits: [wait],
        steps: [
          aStep('pipeline', { title: 'First pipeline', state: 'waiting' }),
          aStep('other', { title: 'Other', state: 'running' }),
        ],
      }),
    );
    const panel = screen.getByRole('article', { name: 'Waiting' });
    expect(panel).toHaveTextContent(
      'Waits for the pipeline of a41f9c2 since 2 min ago; gives up in 7 d.',
    );
    const steps = screen.getByRole('group', { name: 'Steps' });
    expect(within(steps).getByText('the pipeline of a41f9c2')).toBeVisible();
  });

  it('shows plan, rules and where the time went, in words as well', async () => {
    await showRun(
      aRun({
        state: 'succeeded',
        endedAt: secondsAgo(1),
        changes: [{ action: 'remove', what: 'volume legacy', detail: '1 GB' }],
        decision: {
          stage: 'act',
          effect: 'allow',
          reasons: [
            { decider: 'a', effect: 'allow', message: 'You own this.' },
            { decider: 'b', effect: 'allow', message: 'Idris approved it.' },
          ],
          at: secondsAgo(5),
        },
        waits: [
          aWait({
            state: 'resumed',
            createdAt: '2026-11-24T10:00:00Z',
            endedAt: '2026-11-24T10:02:00Z',
            approval: {
              ...aWait().approval!,
              votes: [
                {
                  person: 'user:default/idris',
                  verdict: 'approved',
                  comment: 'Ship it.',
                  at: secondsAgo(5),
                },
              ],
            },
          }),
        ],
        times: { people: 120_000, queue: 300, machines: 0, work: 4_100 },
      }),
    );
    expect(screen.getByText('volume legacy')).toBeVisible();
    expect(screen.getByText('You own this.')).toBeVisible();
    expect(screen.getByText('Idris approved it.')).toBeVisible();
    const time = screen.getByRole('article', { name: 'Where the time went' });
    expect(
      within(time).getByRole('img', {
        name: 'waited for people 2 min, in the queue 0.3 s, waited for machines 0 s, worked 4.1 s',
      }),
    ).toBeVisible();
    expect(time).toHaveTextContent(
      'mara waited for a second person of payments: 2 min',
    );
    expect(time).toHaveTextContent('idris approved it, just now');
    expect(within(time).getByText('Ship it.')).toBeVisible();
    expect(screen.queryByRole('article', { name: 'Still there' })).toBeNull();
  });

  it('says that it was rejected, by whom and why, and asks again when retried', async () => {
    const retryRun = jest.fn(async () => aRun());
    const reason = 'Production is protected.';
    await showRun(
      aRun({
        state: 'cancelled',
        startedAt: undefined,
        failure: { message: 'idris rejected this: Not today.' },
        decision: {
          stage: 'plan',
          effect: 'needs-approval',
          reasons: [
            { decider: 'a', effect: 'needs-approval', message: reason },
          ],
          at: secondsAgo(9),
        },
        waits: [aWait({ state: 'rejected', reason })],
      }),
      { retryRun },
    );
    expect(screen.getAllByText('rejected')).toHaveLength(2);
    expect(screen.getByText('idris rejected this: Not today.')).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(retryRun).toHaveBeenCalledWith('run-1');
  });

  it('lists what it will remove before it undoes anything', async () => {
    const user = userEvent.setup();
    const undoRun = jest
      .fn()
      .mockRejectedValueOnce(new Error('This portal has version 2 only.'))
      .mockResolvedValueOnce(aRun());
    const stream = await showRun(
      aRun({
        state: 'failed',
        remains: left,
        steps: [
          aStep('repository', {
            title: 'Create the repository',
            undoable: true,
            attempt: 1,
          }),
        ],
        endedAt: secondsAgo(1),
      }),
      { undoRun },
    );
    expect(
      within(screen.getByRole('article', { name: 'Still there' })).getByText(
        'repository orders',
      ),
    ).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('repository orders')).toBeVisible();
    expect(dialog.getByText(/database orders in dev/)).toHaveTextContent(
      'may be there',
    );
    expect(undoRun).not.toHaveBeenCalled();
    const confirm = dialog.getByRole('button', { name: 'Remove all of this' });
    await user.click(confirm);
    expect(
      await dialog.findByText('This portal has version 2 only.'),
    ).toBeVisible();
    await user.click(confirm);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(stream.opened).toBe(2));
  });

  it('offers to undo what leaves nothing behind as well, and says which steps', async () => {
    const user = userEvent.setup();
    await showRun(
      aRun({
        state: 'failed',
        steps: [
          aStep('open', { title: 'Open the gate', undoable: true, attempt: 1 }),
          aStep('route', { title: 'Route', undoable: true, attempt: 2 }),
          aStep('tell', { title: 'Tell everybody', attempt: 1 }),
          aStep('later', { title: 'Later', undoable: true }),
        ],
      }),
    );
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/the last step first/)).toHaveTextContent(
      'the last step first: Route, Open the gate.',
    );
    expect(dialog.getByRole('button', { name: 'Undo' })).toBeVisible();
  });

  it('shows an undo as steps of its own, the last first, and nothing to press', async () => {
    await showRun(
      aRun({
        state: 'undoing',
        phase: 'undo',
        remains: left,
        steps: [
          aStep('repository', { title: 'Repository', state: 'succeeded' }),
          aStep('database', { title: 'Database', state: 'failed' }),
          aStep('undo:database', {
            title: 'Undo: Database',
            undoes: 'database',
            state: 'running',
            attempt: 1,
          }),
          aStep('undo:repository', {
            title: 'Undo: Repository',
            undoes: 'repository',
            dependsOn: ['undo:database'],
          }),
        ],
      }),
    );
    const undo = screen.getByRole('group', { name: 'Steps of the undo' });
    const texts = within(undo)
      .getAllByText(/^Undo:/)
      .map(({ textContent }) => textContent);
    expect(texts).toEqual(['Undo: Database', 'Undo: Repository']);
    expect(
      within(screen.getByRole('group', { name: 'Steps' })).queryByText(/Undo/),
    ).toBeNull();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('lists what will stay before it is given up, and says who gave it up', async () => {
    const user = userEvent.setup();
    const giveUpRun = jest.fn(async () => aRun());
    const failed = aRun({ state: 'failed', remains: left });
    const stream = await showRun(failed, { giveUpRun });
    await user.click(await screen.findByRole('button', { name: 'Give up' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('repository orders')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Give up' }));
    await waitFor(() => expect(stream.opened).toBe(2));
    stream.push({
      type: 'run',
      run: {
        ...failed,
        givenUp: { by: 'user:default/mara', at: secondsAgo(0) },
      },
    });
    expect(await screen.findByText(/Given up by/)).toHaveTextContent(
      'Given up by mara, just now',
    );
    expect(screen.getByRole('article', { name: 'Still there' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('starts what was planned, and says why it is refused', async () => {
    const startPlannedRun = jest
      .fn()
      .mockRejectedValue(new Error('The rules deny it now.'));
    await showRun(aRun({ state: 'planned', startedAt: undefined }), {
      startPlannedRun,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
    expect(
      await screen.findByText('The rules deny it now.'),
    ).toBeInTheDocument();
    expect(startPlannedRun).toHaveBeenCalledWith('run-1');
  });

  it('offers nothing to those whose run it is not', async () => {
    await showRun(aRun({ owner: 'group:default/growth' }), {});
    expect(await screen.findByText(/belongs to/)).toHaveTextContent('growth');
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });
});
