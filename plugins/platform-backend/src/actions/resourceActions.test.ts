import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type {
  Explanation,
  Resource,
  Run,
  RunPlan,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import { startPlatformWith } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';
import {
  DATABASE,
  ENVIRONMENTS,
} from '../resources/__testUtils__/startResources';
import { TestResourceProvider } from '../resources/__testUtils__/TestResourceProvider';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('actions on resources', () => {
  const test = new TestResourceProvider();
  const registry = actionsRegistryServiceMock();
  let platform: Awaited<ReturnType<typeof startPlatformWith>>;

  beforeAll(async () => {
    platform = await startPlatformWith(
      databases,
      { environments: ENVIRONMENTS },
      [
        test.module,
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
      ],
    );
  });

  afterAll(() => platform.stop());

  async function invoke<T>(
    name: string,
    input: JsonObject,
    who = 'mara',
  ): Promise<T> {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input,
      credentials: mockCredentials.user(`user:default/${who}`),
    });
    return output as T;
  }

  /** Starts a run with an action, and waits until it has ended. */
  async function perform(name: string, input: JsonObject): Promise<Run> {
    let { run } = await invoke<{ run: Run }>(name, input);
    await until(async () => {
      ({ run } = await invoke<{ run: Run }>('get-run', { id: run.id }));
      return run.endedAt !== undefined;
    });
    expect(run.failure).toBeUndefined();
    return run;
  }

  const show = async (resourceId: string) =>
    (await invoke<{ resource: Resource }>('get-resource', { resourceId }))
      .resource;

  it('say what they do to the world', async () => {
    const { actions } = await registry.list();
    const ofResources = actions.filter(({ name }) =>
      /resource|drift/.test(name),
    );
    expect(
      ofResources.map(({ name, attributes }) => [
        name,
        Object.entries(attributes)
          .flatMap(([attribute, is]) => (is ? [attribute] : []))
          .sort()
          .join(' '),
      ]),
    ).toEqual([
      ['list-resources', 'idempotent readOnly'],
      ['get-resource', 'idempotent readOnly'],
      ['explain-resource', 'idempotent readOnly'],
      ['provision-resource', ''],
      ['adopt-resource', ''],
      ['resize-resource', 'destructive'],
      ['rotate-resource', ''],
      ['extend-resource', ''],
      ['reconcile-resource', 'destructive'],
      ['accept-drift', ''],
      ['destroy-resource', 'destructive'],
      ['restore-resource', ''],
      ['purge-resource', 'destructive'],
    ]);
  });

  it('take a resource through its whole life', async () => {
    const explained = await invoke<Explanation>('explain-resource', {
      type: 'database',
      environment: 'dev',
      class: 'brief',
    });
    expect(explained.definition).toBe('database-brief');
    const input = { ...DATABASE, class: 'brief' };
    const { plan } = await invoke<{ plan: RunPlan }>('plan-run', {
      kind: 'provision-resource',
      input,
    });
    const made = await perform('provision-resource', {
      ...input,
      planDigest: plan.digest,
      idempotencyKey: 'life',
    });
    const resourceId = String(made.output?.resourceId);
    const on = { resourceId };
    expect(await show(resourceId)).toMatchObject({ state: 'ready' });

    await perform('resize-resource', { ...on, parameters: { connections: 3 } });
    expect(test.of({ id: resourceId }).connections).toBe(3);
    const { password } = test.of({ id: resourceId });
    await perform('rotate-resource', on);
    expect(test.of({ id: resourceId }).password).not.toBe(password);
    const until2 = new Date(Date.now() + 8 * 24 * 60 * 60_000).toISOString();
    await perform('extend-resource', { ...on, until: until2 });
    expect((await show(resourceId)).expiresAt).toBe(until2);
    test.of({ id: resourceId }).connections = 4;
    await perform('accept-drift', on);
    expect((await show(resourceId)).parameters.connections).toBe(4);
    test.of({ id: resourceId }).connections = 5;
    await perform('reconcile-resource', on);
    expect(test.of({ id: resourceId }).connections).toBe(4);
    await perform('destroy-resource', on);
    await perform('restore-resource', on);
    await perform('destroy-resource', { ...on, withConnected: true });
    await perform('purge-resource', on);
    expect(test.things.size).toBe(0);
  });

  it('adopt what exists, and find it', async () => {
    test.things.set('legacy', {
      size: 'small',
      connections: 9,
      password: 'of before',
      valid: new Set(),
      suspended: false,
    });
    await perform('adopt-resource', {
      ...DATABASE,
      name: 'legacy',
      existing: { id: 'legacy' },
    });
    const { items } = await invoke<{ items: Resource[] }>('list-resources', {
      search: 'legacy',
    });
    expect(items).toMatchObject([{ name: 'legacy', drifted: false }]);
  });

  it('are for who owns it', async () => {
    await expect(
      invoke('provision-resource', { ...DATABASE, name: 'theirs' }, 'tomas'),
    ).rejects.toThrow('payments');
  });
});
