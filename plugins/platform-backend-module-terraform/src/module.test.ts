import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import {
  type ResourceProvider,
  resourceProvidersExtensionPoint,
} from '@slipway/plugin-platform-node';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { terraformModule } from './module';

const MODULES = path.join(__dirname, '__fixtures__/modules');

describe('terraformModule', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'slipway-terraform-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  async function start(terraform?: JsonObject): Promise<ResourceProvider[]> {
    const addResourceProvider = jest.fn<void, [ResourceProvider]>();
    const backend = await startTestBackend({
      extensionPoints: [
        [resourceProvidersExtensionPoint, { addResourceProvider }],
      ],
      features: [
        terraformModule,
        mockServices.rootConfig.factory({ data: { platform: { terraform } } }),
      ],
    });
    await backend.stop();
    return addResourceProvider.mock.calls.map(([provider]) => provider);
  }

  const complete = () => ({
    modules: MODULES,
    directory: path.join(directory, 'work'),
    state: { host: 'localhost', user: 'u', password: 'p@ss:word/' },
  });

  it('makes each module a provider, and needs no CLI for it', async () => {
    const providers = await start({ ...complete(), cli: '/no/such/program' });
    const thing = providers.find(({ type }) => type === 'thing');
    expect(thing).toMatchObject({
      name: 'terraform-thing',
      title: 'Thing',
      timeoutMs: 120_000,
      outputs: { key: { description: 'What opens it', secret: true } },
    });
    expect(providers.map(({ name }) => name)).not.toContain('terraform-shared');
    expect(existsSync(path.join(directory, 'work/plugin-cache'))).toBe(true);

    const resource = {
      ...{ id: 'a-b', name: 'a', environment: 'dev', owner: 'group:default/a' },
      ...{ parameters: { directory }, outputs: {}, state: {} },
    };
    const signal = new AbortController().signal;
    await expect(
      thing?.plan(resource, undefined, { signal }),
    ).rejects.toMatchObject({
      name: 'OperationFailedError',
      message: expect.stringContaining('/no/such/program'),
    });
  });

  it('has none where it is not configured', async () => {
    await expect(start()).resolves.toEqual([]);
  });

  it.each([
    [
      'a way to the database',
      { state: { host: 'x', user: 'u', password: 'p', sslmode: 'require' } },
      'sslmode is "require"; it must be disable or verify-full',
    ],
    ['a number', { concurrency: 0 }, 'concurrency is 0'],
    ['a folder', { modules: '/no/such/folder' }, "can't be read as a folder"],
  ])('refuses %s that makes no sense', async (_what, wrong, message) => {
    await expect(start({ ...complete(), ...wrong })).rejects.toThrow(message);
  });
});
