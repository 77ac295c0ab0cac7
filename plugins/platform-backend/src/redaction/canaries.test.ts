import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import type { Pipeline, Run } from '@slipway/plugin-platform-common';
import request from 'supertest';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';
import { createKeys, Keyring } from '../keys';
import { Canaries, writings } from './__testUtils__/Canaries';
import { everythingStored } from './__testUtils__/everythingStored';
import { PlantingKind } from './__testUtils__/PlantingKind';
import { DatabaseRunSecrets } from './DatabaseRunSecrets';
import { ValueRedactor } from './ValueRedactor';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');
const idris = as('idris');

type Platform = Awaited<ReturnType<typeof startPlatform>>;

/** Takes down whatever is sent to anybody. */
function recorder() {
  const sent: string[] = [];
  const take = (...things: unknown[]) => {
    sent.push(
      ...things.map(thing =>
        thing instanceof Error
          ? `${thing.stack}`
          : (JSON.stringify(thing) ?? ''),
      ),
    );
  };
  const logger = {
    error: take,
    warn: take,
    info: take,
    debug: take,
    child: () => logger,
  };
  const audited = (outcome: string) => async (options?: object) =>
    take(outcome, options);
  const features = [
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => logger,
    }),
    createServiceFactory({
      service: notificationService,
      deps: {},
      factory: () => ({ send: async news => take(news) }),
    }),
    createServiceFactory({
      service: signalsServiceRef,
      deps: {},
      factory: () => ({ publish: async signal => take(signal) }),
    }),
    mockServices.auditor.mock({
      createEvent: async ({ request: _request, ...event }) => {
        take(event);
        return { success: audited('succeeded'), fail: audited('failed') };
      },
    }).factory,
  ];
  return { sent, take, features };
}

describe('canaries', () => {
  let canaries: Canaries;
  let planting: PlantingKind;
  let record: ReturnType<typeof recorder>;
  let platform: Platform;

  beforeEach(async () => {
    canaries = new Canaries();
    planting = new PlantingKind(canaries);
    record = recorder();
    platform = await startPlatform(
      databases,
      planting.module,
      ...record.features,
    );
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await platform.stop();
  });

  /** Calls the API; what it answers is sent, too. */
  async function call(
    method: 'get' | 'post',
    path: string,
    who: { authorization?: string } = mara,
    body?: object,
  ) {
    const answer = await request(platform.server)
      [method](`/api/platform${path}`)
      .set(who)
      .send(body);
    record.take(answer.text, answer.headers);
    return answer;
  }

  async function run(id: string): Promise<Run> {
    return (await call('get', `/runs/${id}`)).body;
  }

  async function waitFor(id: string, kind: string) {
    let found: Run['waits'][number] | undefined;
    await until(async () => {
      const { waits, state } = await run(id);
      if (state === 'failed') {
        throw new Error('The run has failed.');
      }
      found = waits.find(wait => wait.kind === kind && wait.state === 'open');
      return found !== undefined;
    });
    return found!;
  }

  /** A run from its start to its end, with all that comes from outside. */
  async function goThrough(name: string, fail: boolean, decide = 'approve') {
    const started = await call('post', '/runs', mara, {
      kind: 'planting',
      input: { name, fail },
    });
    const { id } = started.body;
    const watched = call('get', `/runs/${id}/stream`);
    await until(() => planting.callbacks.has(name));
    const { pathname, search } = new URL(planting.callbacks.get(name)!);
    await call(
      'post',
      `${pathname.replace('/api/platform', '')}${search}`,
      {},
      { forms: writings(canaries.of('payload of callback')) },
    );
    await waitFor(id, 'event');
    await planting.events!.eventHappened(`event:${id}`, {
      [canaries.of('event')]: canaries.of('event'),
    });
    const approval = await waitFor(id, 'approval');
    await call('post', `/approvals/${approval.id}/${decide}`, idris, {
      comment: `said ${canaries.of('comment')}`,
    });
    await call('get', `/approvals/${approval.id}`);
    await watched;
    return run(id);
  }

  async function plantInJobs() {
    const keys = createKeys(
      mockServices.rootConfig({
        data: {
          platform: { encryptionKey: 'a key of tests, which is long enough' },
        },
      }),
    );
    const secrets = new DatabaseRunSecrets({
      knex: platform.knex,
      keyring: new Keyring(keys.deriveAll('secrets')),
    });
    platform.providers.engine.run = async ({ pipelineId }, observer) => {
      const secret = canaries.of('line of a job');
      const lines = writings(secret).flatMap(form => [
        form,
        form.slice(0, 9),
        form.slice(9),
      ]);
      await observer.jobsChanged([
        { name: 'test', stage: 'test', state: 'failed' },
      ]);
      const print = (from: number) =>
        observer.jobPrinted(
          'test',
          lines.map((text, index) => ({ text, sequence: from + index })),
        );
      await print(1);
      const { run_id: runId } = await platform
        .knex('pipelines')
        .where({ id: pipelineId })
        .first();
      await secrets.register(runId, secret);
      await secrets.register(runId, canaries.of('failure of a job'));
      await print(lines.length + 1);
      return {
        state: 'failed',
        failure: { job: 'test', message: canaries.of('failure of a job') },
      };
    };
    await platform.providers.push('abc');
    let pipeline: Pipeline | undefined;
    await until(async () => {
      const { body } = await call('get', '/pipelines?service=orders');
      [pipeline] = body.items ?? body;
      return pipeline?.state === 'failed';
    });
    await call('get', `/pipelines/${pipeline!.id}/jobs/test/log`);
    return pipeline!;
  }

  async function plantEverywhere() {
    const succeeded = await goThrough('one', false);
    const failed = await goThrough('two', true);
    const rejected = await goThrough('three', true, 'reject');
    await call('post', `/runs/${failed.id}/undo`);
    const watched = await call('get', `/runs/${failed.id}/stream`);
    const pipeline = await plantInJobs();
    await until(async () => {
      const open = await platform.knex('runs').where({ end_handled: false });
      return open.length === 0;
    });
    expect([succeeded.state, failed.state, rejected.state]).toEqual([
      'succeeded',
      'failed',
      'failed',
    ]);
    expect(watched.text).toContain('"phase":"undo"');
    expect(pipeline.failure).toBeDefined();
    return {
      stored: await everythingStored(platform.knex),
      sent: record.sent,
    };
  }

  it('are nowhere, in no form', async () => {
    const { stored, sent } = await plantEverywhere();
    expect(stored.length).toBeGreaterThan(500);
    expect({
      stored: canaries.foundIn(stored),
      sent: canaries.foundIn(sent),
    }).toEqual({ stored: [], sent: [] });
    expect(stored.join('\n')).toContain('[redacted]');
    expect(sent.join('\n')).toContain('[redacted]');
  });

  it('would be found, everywhere, if nothing were redacted', async () => {
    const { prototype } = ValueRedactor;
    jest.spyOn(prototype, 'text').mockImplementation(text => text);
    jest.spyOn(prototype, 'json').mockImplementation(value => value);
    jest
      .spyOn(prototype, 'hold')
      .mockImplementation(text => ({ text, held: '' }));
    const { stored, sent } = await plantEverywhere();
    const found = new Set([
      ...canaries.foundIn(stored),
      ...canaries.foundIn(sent),
    ]);
    expect([...found].sort()).toEqual(canaries.places);
    expect(canaries.foundIn(stored)).toEqual(
      canaries.places.filter(place => place !== 'error of the end'),
    );
  });
});
