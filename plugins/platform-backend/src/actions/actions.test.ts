import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  actionsRegistryServiceMock,
  type MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Approval,
  Page,
  Run,
  RunLogLine,
  RunPlan,
} from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { NoteKind } from '../__testUtils__/noteKind';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';
import { DATABASE } from '../resources/__testUtils__/startResources';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Puts a registry that tests can invoke in the place of the real one. */
function registered(registry: MockActionsRegistry) {
  return createServiceFactory({
    service: actionsRegistryServiceRef,
    deps: {},
    factory: () => registry,
  });
}

describe('actions', () => {
  const notes = new NoteKind();
  const registry = actionsRegistryServiceMock();
  let platform: Awaited<ReturnType<typeof startPlatform>>;

  beforeAll(async () => {
    platform = await startPlatform(
      databases,
      notes.module,
      registered(registry),
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

  async function start(input: JsonObject, more: JsonObject = {}) {
    const { run } = await invoke<{ run: Run }>('start-run', {
      kind: 'note',
      input,
      ...more,
    });
    return run;
  }

  async function reaches(id: string, state: Run['state']): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      ({ run } = await invoke<{ run: Run }>('get-run', { id }));
      return run.state === state;
    });
    return run!;
  }

  it('says of each what it does to the world', async () => {
    const { actions } = await registry.list();
    // Those of resources have a test of their own, with a provider.
    const here = actions.filter(({ name }) => !/resource|drift/.test(name));
    expect(
      here.map(({ name, attributes }) => [
        name,
        Object.entries(attributes)
          .flatMap(([attribute, is]) => (is ? [attribute] : []))
          .sort()
          .join(' '),
      ]),
    ).toEqual([
      ['list-runs', 'idempotent readOnly'],
      ['get-run', 'idempotent readOnly'],
      ['get-run-log', 'idempotent readOnly'],
      ['plan-run', 'idempotent readOnly'],
      ['start-run', ''],
      ['cancel-run', 'idempotent'],
      ['retry-run', ''],
      ['undo-run', 'destructive idempotent'],
      ['give-up-run', 'idempotent'],
      ['list-approvals', 'idempotent readOnly'],
      ['approve', 'idempotent'],
      ['reject', 'idempotent'],
      ['list-deployments', 'idempotent readOnly'],
      ['roll-back-service', 'destructive'],
      ['hold-release', ''],
      ['lift-hold', ''],
      ['get-configuration', 'idempotent readOnly'],
      ['configure-service', 'destructive'],
      ['list-previews', 'idempotent readOnly'],
      ['start-preview', 'idempotent'],
      ['extend-preview', ''],
      ['remove-preview', 'destructive'],
      ['list-artifact-facts', 'idempotent readOnly'],
      ['list-freezes', 'idempotent readOnly'],
      ['scale-service', ''],
      ['restart-service', ''],
      ['stop-service', 'destructive'],
      ['start-service', ''],
      ['edit-entity', 'idempotent'],
    ]);
  });

  it('plans, starts once, shows, lists and reads the log', async () => {
    const request_ = { kind: 'note', input: { text: 'hello' } };
    const { plan } = await invoke<{ plan: RunPlan }>('plan-run', request_);
    expect(plan).toMatchObject({
      title: 'Note hello',
      decision: { effect: 'allow' },
    });
    const key = { idempotencyKey: 'hello' };
    const { id } = await start({ text: 'hello' }, key);
    expect((await start({ text: 'hello' }, key)).id).toBe(id);
    await reaches(id, 'succeeded');
    expect(
      await invoke<Page<Run>>('list-runs', {
        target: 'note:hello',
        state: ['succeeded'],
      }),
    ).toEqual({
      items: [
        expect.objectContaining({ id, title: 'Note hello', waitsFor: [] }),
      ],
    });
    const { lines } = await invoke<{ lines: RunLogLine[] }>('get-run-log', {
      id,
    });
    expect(lines.map(({ text }) => text)).toContain('Wrote hello.');
    const last = lines.at(-1)!.sequence;
    expect(await invoke('get-run-log', { id, after: last })).toEqual({
      lines: [],
    });
  });

  it('cancels, retries, undoes and gives up', async () => {
    const { id } = await start({ text: 'broken', fail: true });
    await reaches(id, 'failed');
    await invoke('retry-run', { id });
    await until(
      async () => (await reaches(id, 'failed')).steps[1].attempt === 2,
    );
    const { run } = await invoke<{ run: Run }>('give-up-run', { id });
    expect(run.givenUp?.by).toBe('user:default/mara');

    const undone = await start({ text: 'undone', fail: true });
    await reaches(undone.id, 'failed');
    await invoke('undo-run', { id: undone.id });
    await reaches(undone.id, 'undone');

    const waiting = await start({ text: 'waiting', wait: true });
    await reaches(waiting.id, 'waiting');
    await invoke('cancel-run', { id: waiting.id });
    await reaches(waiting.id, 'cancelled');
  });

  it('decides approvals', async () => {
    for (const [verdict, state] of [
      ['approve', 'succeeded'],
      ['reject', 'cancelled'],
    ] as const) {
      const run = await start({ text: verdict, environment: 'prod' });
      const mine = { state: 'open', mine: true };
      const { items } = await invoke<Page<Approval>>(
        'list-approvals',
        mine,
        'idris',
      );
      expect(items.map(item => item.run.id)).toEqual([run.id]);
      const [{ id }] = items;
      await expect(invoke(verdict, { id })).rejects.toThrow(
        'You asked for this',
      );
      const { approval } = await invoke<{ approval: Approval }>(
        verdict,
        { id, comment: 'I looked at it.' },
        'idris',
      );
      expect(approval.votes).toMatchObject([{ comment: 'I looked at it.' }]);
      await reaches(run.id, state);
    }
  });

  it('lets nobody do more than the API does', async () => {
    const { id } = await start({ text: 'ours', wait: true });
    for (const name of ['cancel-run', 'give-up-run', 'retry-run', 'undo-run']) {
      await expect(invoke(name, { id }, 'tomas')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    }
    await invoke('cancel-run', { id });
    const service = mockCredentials.service('plugin:scaffolder');
    await expect(
      registry.invoke({
        id: 'test:cancel-run',
        input: { id },
        credentials: service,
      }),
    ).rejects.toThrow('Only a person can do this');
    const read = { id: 'test:get-run', input: { id }, credentials: service };
    expect(await registry.invoke(read)).toMatchObject({
      output: { run: { id } },
    });
    await expect(invoke('list-runs', { limit: 1_000 })).rejects.toMatchObject({
      name: 'InputError',
    });
    await expect(invoke('get-run', { id: 'none' })).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('needs permission for everything', async () => {
    const denied = actionsRegistryServiceMock();
    const strict = await startPlatform(
      databases,
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      registered(denied),
    );
    try {
      for (const { name } of (await denied.list()).actions) {
        const inputs: Record<string, JsonObject> = {
          'list-runs': {},
          'list-approvals': {},
          'plan-run': { kind: 'note', input: {} },
          'start-run': { kind: 'note', input: {} },
          'list-resources': {},
          'list-deployments': {},
          'roll-back-service': { service: 'orders', environment: 'dev' },
          'hold-release': { service: 'orders', release: 1, reason: 'Slow.' },
          'lift-hold': { service: 'orders', id: 'any', reason: 'Fast.' },
          'get-configuration': { service: 'orders', environment: 'dev' },
          'configure-service': {
            service: 'orders',
            environment: 'dev',
            version: 0,
          },
          'scale-service': {
            service: 'orders',
            environment: 'dev',
            replicas: 2,
          },
          'restart-service': { service: 'orders', environment: 'dev' },
          'stop-service': { service: 'orders', environment: 'dev' },
          'start-service': { service: 'orders', environment: 'dev' },
          'list-previews': {},
          'start-preview': { service: 'orders', branch: 'topic' },
          'list-artifact-facts': { digest: 'sha256:any' },
          'list-freezes': {},
          'edit-entity': {
            entityRef: 'component:default/orders',
            changes: { tier: '1' },
          },
          'explain-resource': { type: 'database', environment: 'dev' },
          'provision-resource': DATABASE,
          'adopt-resource': { ...DATABASE, existing: {} },
          'extend-resource': { resourceId: 'any', until: 'later' },
        };
        const id = /resource|drift/.test(name) ? 'resourceId' : 'id';
        await expect(
          denied.invoke({
            id: `test:${name}`,
            input: inputs[name] ?? { [id]: 'any' },
            credentials: mockCredentials.user('user:default/mara'),
          }),
        ).rejects.toThrow('You lack the permission');
      }
    } finally {
      await strict.stop();
    }
  });

  it('is offered to clients by the real registry', async () => {
    const real = await startPlatform(databases, notes.module);
    try {
      const url = '/api/platform/.backstage/actions/v1/actions';
      const { body } = await request(real.server).get(url).set(as('mara'));
      expect(body.actions).toHaveLength((await registry.list()).actions.length);
      const invoked = await request(real.server)
        .post(`${url}/platform:list-runs/invoke`)
        .set(as('mara'))
        .send({});
      expect(invoked.body).toEqual({ output: { items: [] } });
    } finally {
      await real.stop();
    }
  });
});
