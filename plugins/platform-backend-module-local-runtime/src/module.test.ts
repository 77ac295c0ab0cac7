import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  runtimeExtensionPoint,
  type Runtime,
} from '@slipway/plugin-platform-node';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalRuntime } from './LocalRuntime';
import { localRuntimeModule } from './module';

const REF = { service: 'orders', environment: 'dev' };

describe('localRuntimeModule', () => {
  let server: Server;
  let agentUrl: string;
  let answers: Array<{ status: number; body: string }>;
  let requests: string[];

  beforeEach(async () => {
    answers = [];
    requests = [];
    server = createServer((request, response) => {
      requests.push(
        `${request.method} ${request.url} ${request.headers.authorization}`,
      );
      const { status, body } = answers.shift() ?? { status: 500, body: 'none' };
      response.writeHead(status).end(body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    agentUrl = `http://127.0.0.1:${port}`;
  });

  afterEach(() => server.close());

  async function startRuntime(): Promise<Runtime> {
    const setRuntime = jest.fn<void, [Runtime]>();
    const backend = await startTestBackend({
      extensionPoints: [[runtimeExtensionPoint, { setRuntime }]],
      features: [
        localRuntimeModule,
        mockServices.rootConfig.factory({
          data: {
            platform: {
              localRuntime: {
                agentUrl,
                agentToken: 'secret',
                routerUrl: 'http://{workload}.localhost:7080',
              },
            },
          },
        }),
      ],
    });
    await backend.stop();
    return setRuntime.mock.calls[0][0];
  }

  it('registers a runtime that drives the agent of the configuration', async () => {
    const runtime = await startRuntime();
    answers.push({
      status: 200,
      body: '{"health":"healthy","restarts":0,"releaseId":"v1","instanceId":"i1"}',
    });

    await expect(runtime.observe(REF)).resolves.toEqual({
      health: 'healthy',
      restarts: 0,
      releaseId: 'v1',
      instanceId: 'i1',
      url: 'http://orders-dev.localhost:7080',
    });
    expect(requests).toEqual(['GET /workloads/orders/dev Bearer secret']);
  });

  it.each([
    ['AuthenticationError', 'AuthenticationError', 401],
    ['ConflictError', 'ConflictError', 409],
    ['OperationFailedError', 'OperationFailedError', 422],
    ['InternalError', 'Error', 500],
  ])('turns %s of the agent into %s', async (name, expected, status) => {
    const runtime = await startRuntime();
    answers.push({
      status,
      body: JSON.stringify({ error: { name, message: 'It went wrong.' } }),
    });

    await expect(runtime.abandon(REF, 'i1')).rejects.toMatchObject({
      name: expected,
      message: 'It went wrong.',
    });
  });

  it('says so when something else answers', async () => {
    const runtime = await startRuntime();
    answers.push({ status: 418, body: '<html>' });

    await expect(runtime.abandon(REF, 'i1')).rejects.toThrow(
      'What answers as the local agent is something else: status 418.',
    );
  });

  it('refuses an address that has no place for the workload', () => {
    expect(() =>
      LocalRuntime.create({
        agentUrl,
        agentToken: 'secret',
        routerUrl: 'http://localhost:7080',
        logger: mockServices.logger.mock(),
      }),
    ).toThrow('which has no {workload} in it');
  });
});
