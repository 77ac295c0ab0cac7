import { FakePlatform, PORTAL_URL } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { createDestroyResourceAction } from './destroyResource';

describe('platform:resource:destroy', () => {
  let platform: FakePlatform;
  let action: ReturnType<typeof createDestroyResourceAction>;
  let task: TaskContexts;

  beforeEach(async () => {
    platform = new FakePlatform();
    action = createDestroyResourceAction(await platform.start());
    task = new TaskContexts('.');
  });

  afterEach(() => platform.stop());

  it('destroys a resource as it was shown, and tells where it can be restored', async () => {
    platform.next = { state: 'succeeded', output: {} };
    const { context, outputs } = task.next({
      resourceId: 'id-1',
      withConnected: true,
      planDigest: 'abc',
    });
    await action.handler(context);
    const [{ body }] = platform.askedFor('POST /runs');
    expect(JSON.parse(body.toString())).toMatchObject({
      kind: 'destroy-resource',
      input: { resourceId: 'id-1', withConnected: true },
      planDigest: 'abc',
    });
    expect(outputs).toEqual({
      url: `${PORTAL_URL}/resources/id-1`,
      runId: 'run-1',
      runUrl: `${PORTAL_URL}/runs/run-1`,
    });
  });

  it('fails with what the run failed with', async () => {
    platform.next = {
      state: 'failed',
      title: 'Destroy postgres orders in dev',
      failure: { message: 'The service orders uses it.' },
    };
    await expect(
      action.handler(task.next({ resourceId: 'id-1' }).context),
    ).rejects.toThrow(
      'Destroy postgres orders in dev failed: The service orders uses it.',
    );
  });

  it('destroys nothing in a dry run', async () => {
    const { context } = task.next({ resourceId: 'id-1' });
    await action.handler({ ...context, isDryRun: true });
    expect(platform.asked).toEqual([]);
  });
});
