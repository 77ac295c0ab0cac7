import path from 'node:path';
import type { LocalRuntime } from '@slipway/plugin-platform-backend-module-local-runtime';
import {
  createRelease,
  createContext,
  createRuntime,
  createTestDirectory,
  HOST,
  packService,
  REF,
  removeTestDirectory,
  TOKEN,
} from './__testUtils__/createTestAgent';
import { eventually, request } from './__testUtils__/request';
import { LocalAgent } from './LocalAgent';

jest.setTimeout(60_000);

const CALLER = { service: 'caller', environment: REF.environment };

describe('calls between services', () => {
  const directory = createTestDirectory();
  const context = createContext();
  let agent: LocalAgent;
  let runtime: LocalRuntime;

  beforeAll(async () => {
    agent = await LocalAgent.start({
      stateDirectory: path.join(directory, 'agent'),
      token: TOKEN,
      controlPort: 0,
      routerPort: 0,
      workloadUser: 'nobody',
      logger: { info: () => undefined, warn: () => undefined },
    });
    runtime = createRuntime(agent.controlPort, agent.routerPort);
    const artifact = packService(directory);
    await runtime.start(createRelease(artifact, 'v1'), context);
    await runtime.switchTraffic(REF, 'v1', context);
    // It asks the other service all the time, as a service with work to do does.
    await runtime.start(
      {
        ...createRelease(artifact, 'v1'),
        ref: CALLER,
        work: { kind: 'worker' },
        readiness: undefined,
        command: [
          'node',
          '-e',
          `setInterval(() => require('node:http').get({ port: ${agent.routerPort}, headers: { host: '${HOST}' } }, answer => answer.resume()).on('error', () => {}), 100)`,
        ],
      },
      context,
    );
    await runtime.switchTraffic(CALLER, 'v1', context);
  });

  afterAll(async () => {
    await runtime.remove(CALLER, context);
    await runtime.remove(REF, context);
    await agent.stop();
    removeTestDirectory(directory);
  });

  it('are seen, and those of others are not', async () => {
    await request(agent.routerPort, HOST);
    const [call, ...others] = await eventually(
      () => runtime.calls(),
      ({ length }) => length > 0,
    );
    expect(others).toEqual([]);
    expect(call).toEqual({ from: CALLER, to: REF, at: expect.any(String) });
    await eventually(
      () => runtime.calls(),
      ([{ at }]) => at > call.at,
    );
  });
});
