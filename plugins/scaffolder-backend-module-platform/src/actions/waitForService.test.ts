import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { buildDelivery, buildLog } from '../__testUtils__/buildDelivery';
import {
  buildCommit,
  buildRun,
  FakePlatform,
  PORTAL_URL,
} from '../__testUtils__/FakePlatform';
import { createWaitForServiceAction } from './waitForService';

describe('platform:service:wait', () => {
  const input = { service: 'invoice-mailer', commit: buildCommit().sha };
  let platform: FakePlatform;
  let action: ReturnType<typeof createWaitForServiceAction>;

  beforeEach(async () => {
    platform = new FakePlatform();
    action = createWaitForServiceAction(await platform.start());
  });

  afterEach(() => platform.stop());

  function contextOf() {
    const context = createMockActionContext({ input });
    const printed: string[] = [];
    jest.spyOn(context.logger, 'info').mockImplementation(line => {
      printed.push(String(line));
      return context.logger;
    });
    return { context, printed };
  }

  it('shows the logs of pipeline and deployment, and ends where the service answers', async () => {
    buildDelivery(platform);
    const { context, printed } = contextOf();
    await action.handler(context);

    const { calls } = (context.output as jest.Mock).mock;
    expect(Object.fromEntries(calls)).toEqual({
      url: 'http://invoice-mailer-dev.localhost:7080',
      releaseNumber: 1,
      pipelineRunUrl: `${PORTAL_URL}/runs/build-1`,
      deploymentRunUrl: `${PORTAL_URL}/runs/deploy-1`,
    });
    expect(printed).toEqual(
      expect.arrayContaining([
        '[jobs] Job test succeeded.',
        '[test] $ npm test',
        '[test] 12 passed',
        '[dev/start] Ready.',
      ]),
    );
  });

  it('takes up again where a broken connection left off', async () => {
    buildDelivery(platform);
    const [complete] = platform.streams['build-1'];
    platform.streams['build-1'] = [complete.slice(0, 3), [], complete];
    const { context, printed } = contextOf();
    await action.handler(context);
    expect(printed.filter(line => line.startsWith('[jobs]'))).toHaveLength(1);
    expect(context.output).toHaveBeenCalledWith('releaseNumber', 1);
  });

  it('names the job that failed, with the end of its log and a link', async () => {
    const pipeline = buildDelivery(platform);
    platform.jobLogs.test = ['$ npm test', 'expected 200, got 500'];
    const failure = { message: 'The script ended with 1.', job: 'test' };
    Object.assign(pipeline, { state: 'failed', failure });
    const run = buildRun({ id: 'build-1', state: 'failed', failure });
    platform.streams['build-1'] = [[{ type: 'run', run }, { type: 'end' }]];

    await expect(action.handler(contextOf().context)).rejects.toThrow(
      [
        'The job "test" of the pipeline of invoice-mailer failed: The script ended with 1.',
        'The end of its log:',
        '$ npm test',
        'expected 200, got 500',
        `All of it: ${PORTAL_URL}/runs/build-1`,
      ].join('\n'),
    );
  });

  it('says why a release did not become ready', async () => {
    buildDelivery(platform);
    const failure = {
      message: 'It did not become ready in 60 seconds.',
      hint: 'Check that it listens on PORT.',
    };
    const run = buildRun({ id: 'deploy-1', state: 'failed', failure });
    platform.streams['deploy-1'] = [
      [
        buildLog('start', 1, 'Starting.'),
        { type: 'run', run },
        { type: 'end' },
      ],
    ];
    await expect(action.handler(contextOf().context)).rejects.toThrow(
      [
        'The deployment to dev of invoice-mailer failed: It did not become ready in 60 seconds.',
        'Check that it listens on PORT.',
        'The end of its log:',
        'Starting.',
      ].join('\n'),
    );
  });

  it('says so when nothing deploys by itself', async () => {
    buildDelivery(platform);
    platform.deployments.length = 0;
    await expect(action.handler(contextOf().context)).rejects.toThrow(
      'The pipeline of invoice-mailer is green, but nothing deploys it by itself.',
    );
  });

  it('gives up when the platform knows no such run', async () => {
    buildDelivery(platform);
    platform.streams['build-1'] = [];
    await expect(action.handler(contextOf().context)).rejects.toThrow(
      'There is no GET /runs/build-1/stream.',
    );
  });

  it('stops at once when the task is cancelled', async () => {
    const cancel = new AbortController();
    const { context } = contextOf();
    const waiting = action.handler({ ...context, signal: cancel.signal });
    cancel.abort(new Error('The task was cancelled.'));
    await expect(waiting).rejects.toThrow();
    expect(context.output).not.toHaveBeenCalled();
  });

  it('asks nothing in a dry run', async () => {
    await action.handler({ ...contextOf().context, isDryRun: true });
    expect(platform.tokens.size).toBe(0);
  });
});
