import { FakePlatform, PORTAL_URL } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { until } from '../__testUtils__/until';
import { createProvisionResourceAction } from './provisionResource';

const wanted = {
  type: 'postgres',
  name: 'orders',
  environment: 'dev',
  owner: 'group:default/payments',
  class: 'small',
};

describe('platform:resource:provision', () => {
  let platform: FakePlatform;
  let action: ReturnType<typeof createProvisionResourceAction>;
  let task: TaskContexts;

  beforeEach(async () => {
    platform = new FakePlatform();
    action = createProvisionResourceAction(await platform.start());
    task = new TaskContexts('.');
  });

  afterEach(() => platform.stop());

  it('makes what was asked for, as it was shown, and tells where it is', async () => {
    const { context, outputs } = task.next({ ...wanted, planDigest: 'abc' });
    const working = action.handler(context);
    await until(() => platform.runs.has('run-1'));
    await platform.change('run-1', {
      state: 'succeeded',
      output: {
        resourceId: 'id-1',
        name: 'orders',
        entityRef: 'resource:default/orders-dev',
      },
    });
    await working;
    const [{ body }] = platform.askedFor('POST /runs');
    expect(JSON.parse(body.toString())).toEqual({
      kind: 'provision-resource',
      input: wanted,
      planDigest: 'abc',
      goldenPath: 'template:default/nodejs-service',
    });
    expect(outputs).toEqual({
      resourceId: 'id-1',
      entityRef: 'resource:default/orders-dev',
      url: `${PORTAL_URL}/resources/id-1`,
      runId: 'run-1',
      runUrl: `${PORTAL_URL}/runs/run-1`,
    });
  });

  it('goes on with its run after a crash, and makes nothing twice', async () => {
    platform.next = {
      state: 'succeeded',
      output: { resourceId: 'id-1', entityRef: 'resource:default/orders-dev' },
    };
    await action.handler(task.next(wanted).context);
    await action.handler(new TaskContexts('.').next(wanted).context);
    expect([...platform.runs.keys()]).toEqual(['run-1']);
  });

  it('passes on why the platform refuses', async () => {
    platform.refusal =
      'The plan has changed since it was shown, so nothing was started.';
    await expect(action.handler(task.next(wanted).context)).rejects.toThrow(
      'The plan has changed since it was shown, so nothing was started.',
    );
  });

  it('makes nothing in a dry run', async () => {
    const { context } = task.next(wanted);
    await action.handler({ ...context, isDryRun: true });
    expect(platform.asked).toEqual([]);
  });
});
