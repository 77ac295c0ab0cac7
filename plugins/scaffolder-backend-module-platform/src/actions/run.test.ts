import { FakePlatform, PORTAL_URL } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { until } from '../__testUtils__/until';
import { createRunAction } from './run';

const input = { kind: 'deploy', input: { service: 'orders' } };

describe('platform:run', () => {
  let platform: FakePlatform;
  let action: ReturnType<typeof createRunAction>;
  let task: TaskContexts;

  beforeEach(async () => {
    platform = new FakePlatform();
    action = createRunAction(await platform.start());
    task = new TaskContexts('.');
  });

  afterEach(() => platform.stop());

  it('starts a run of any kind, waits for approvals too, and outputs what it came to', async () => {
    const { context, outputs, printed } = task.next(input);
    const working = action.handler(context);
    await until(() => platform.runs.has('run-1'));
    await platform.change('run-1', {
      state: 'waiting',
      waits: [
        {
          id: 'wait',
          runId: 'run-1',
          kind: 'approval',
          state: 'open',
          waitsFor: 'people',
          reason: 'prod is protected',
          approval: {
            approvers: ['group:default/payments'],
            approversText: 'a second person of payments',
            quorum: 1,
            votes: [],
          },
          createdAt: '2026-11-23T20:00:00.000Z',
        },
      ],
    });
    await until(() =>
      printed.includes(
        'Waiting for approval by a second person of payments: prod is protected',
      ),
    );
    const output = { url: 'http://orders-prod.localhost' };
    await platform.change('run-1', { state: 'succeeded', output });
    await working;
    const [{ body }] = platform.askedFor('POST /runs');
    expect(JSON.parse(body.toString())).toEqual({
      ...input,
      goldenPath: 'template:default/nodejs-service',
    });
    expect(outputs).toEqual({
      output,
      runId: 'run-1',
      runUrl: `${PORTAL_URL}/runs/run-1`,
    });
  });

  it('starts one run for each input of a step, and none twice', async () => {
    platform.next = { state: 'succeeded', output: {} };
    const other = { kind: 'deploy', input: { service: 'parcels' } };
    await action.handler(task.next(input).context);
    await action.handler(task.next(other).context);
    await action.handler(new TaskContexts('.').next(input).context);
    expect([...platform.runs.keys()]).toEqual(['run-1', 'run-2']);
  });

  it('passes on why the platform refuses', async () => {
    platform.refusal = 'There is no kind of run called "deploy".';
    await expect(action.handler(task.next(input).context)).rejects.toThrow(
      'There is no kind of run called "deploy".',
    );
  });

  it('starts nothing in a dry run', async () => {
    const { context } = task.next(input);
    await action.handler({ ...context, isDryRun: true });
    expect(platform.asked).toEqual([]);
  });
});
