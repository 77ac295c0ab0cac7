import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  Approval,
  Page,
  Run,
  RunStreamEvent,
} from '@slipway/plugin-platform-common';
import Ajv from 'ajv';
import request from 'supertest';
import {
  DocumentedApi,
  NOBODY,
  operations,
  undocumentedAnswers,
  unseenAnswers,
} from '../__testUtils__/DocumentedApi';
import { NoteKind } from '../__testUtils__/noteKind';
import { as, startPlatform } from '../__testUtils__/platformBackend';
import { until } from '../__testUtils__/until';
import { spec } from './spec';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const mara = as('mara');
const idris = as('idris');
/** Nobody asks about her before the catalog is away. */
const runa = as('runa');
const tomas = as('tomas');
const nobody = { authorization: mockCredentials.none.header() };

describe('the API and its document', () => {
  const notes = new NoteKind();
  const seen = new Set<string>();
  let platform: Awaited<ReturnType<typeof startPlatform>>;
  let api: DocumentedApi;

  beforeAll(async () => {
    platform = await startPlatform(databases, notes.module);
    api = await DocumentedApi.of(platform.server, seen);
  });

  afterAll(() => platform.stop());

  const call = <T = Run>(...args: Parameters<DocumentedApi['call']>) =>
    api.call<T>(...args);

  async function start(input: object, more: object = {}): Promise<Run> {
    const { status, body } = await call('post', '/runs', mara, {
      body: { kind: 'note', input, ...more },
    });
    expect(status).toBe(201);
    return body;
  }

  async function reaches(id: string, state: Run['state']): Promise<Run> {
    let run: Run | undefined;
    await until(async () => {
      run = (await call('get', `/runs/${id}`, mara)).body;
      return run.state === state;
    });
    return run!;
  }

  it('is served to anybody, with the paths as they are called', async () => {
    const response = await request(platform.server)
      .get('/api/platform/openapi.json')
      .set(nobody);
    expect(response.status).toBe(200);
    expect(Object.keys(response.body.paths)).toEqual(
      Object.keys(spec.paths).map(path => `/api/platform${path}`),
    );
  });

  it('starts a run, shows it, and streams it to its end', async () => {
    const { id } = await start(
      { text: 'hello' },
      { goldenPath: 'template:default/note' },
    );
    const run = await reaches(id, 'succeeded');
    expect(run).toMatchObject({
      kind: 'note',
      goldenPath: 'template:default/note',
      changes: [{ action: 'create', what: 'note hello' }],
      steps: [{ id: 'wait' }, { output: { written: 'hello' } }],
    });
    const { text } = await call('get', `/runs/${id}/stream`, mara);
    const events: RunStreamEvent[] = text
      .split('\n')
      .filter(line => line.startsWith('data: '))
      .map(line => JSON.parse(line.slice('data: '.length)));
    const valid = new Ajv({ strict: false })
      .addSchema({ $id: 'document', ...spec })
      .getSchema('document#/components/schemas/RunStreamEvent')!;
    expect(events.filter(event => !valid(event))).toEqual([]);
    expect(events).toContainEqual({
      type: 'log',
      lines: [expect.objectContaining({ text: 'Wrote hello.' })],
    });
    expect(events.at(-1)).toEqual({ type: 'end' });
  });

  it('starts once under one key of one person, and refuses the key for anything else', async () => {
    const body = { kind: 'note', input: { text: 'once' } };
    const key = 'once';
    const answers = await Promise.all(
      [1, 2, 3].map(() => call('post', '/runs', mara, { body, key })),
    );
    const [first] = answers;
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
    const other = await call('post', '/runs', mara, {
      body: { ...body, input: { text: 'twice' } },
      key,
    });
    expect(other.status).toBe(409);
    expect(other.message).toContain('Use a new key');
    const idrisOwn = await call('post', '/runs', idris, { body, key });
    expect(idrisOwn.body.id).not.toBe(first.body.id);
    for (const wrong of ['', 'k'.repeat(201), 'two words']) {
      const refused = await call('post', '/runs', mara, { body, key: wrong });
      expect(refused.status).toBe(400);
    }
  });

  it('says what a run would do, and stores nothing', async () => {
    const body = { kind: 'note', input: { text: 'plan', environment: 'prod' } };
    const plan = await call<object>('post', '/runs/plan', mara, { body });
    expect(plan.status).toBe(200);
    expect(plan.body).toMatchObject({
      title: 'Note plan',
      target: 'note:plan',
      changes: [{ what: 'note plan' }],
      decision: { effect: 'needs-approval' },
      approvals: [{ quorum: 1 }],
    });
    const { body: runs } = await call<Page<Run>>(
      'get',
      '/runs?target=note:plan',
      mara,
    );
    expect(runs.items).toEqual([]);
  });

  it('keeps a planned run until somebody starts it', async () => {
    const held = await start({ text: 'later' }, { hold: true });
    expect(held.state).toBe('planned');
    platform.catalog.isAway = true;
    const away = await call('post', `/runs/${held.id}/start`, runa);
    expect(away.status).toBe(503);
    platform.catalog.isAway = false;
    const { status } = await call('post', `/runs/${held.id}/start`, mara);
    expect(status).toBe(200);
    await reaches(held.id, 'succeeded');
    const again = await call('post', `/runs/${held.id}/start`, mara);
    expect(again.status).toBe(409);
  });

  it('deploys, as the deployments of a service do, under the same keys', async () => {
    await platform.providers.push('a1');
    let deployed: Run[] = [];
    await until(async () => {
      ({
        body: { items: deployed },
      } = await call<Page<Run>>(
        'get',
        '/runs?kind=deploy&environment=dev&state=succeeded',
        mara,
      ));
      return deployed.length === 1;
    });
    const { releaseId } = deployed[0].input as { releaseId: string };
    const input = { service: 'orders', environment: 'prod', releaseId };
    const body = { kind: 'deploy', input };
    const plan = await call<object>('post', '/runs/plan', mara, { body });
    expect(plan.body).toMatchObject({
      target: 'deploy:orders:prod',
      decision: { effect: 'needs-approval' },
    });
    const key = 'deploy';
    const run = await call('post', '/runs', mara, { body, key });
    expect(run.body).toMatchObject({ kind: 'deploy', state: 'waiting' });
    const same = await request(platform.server)
      .post('/api/platform/services/orders/deployments')
      .set({ ...mara, 'idempotency-key': key })
      .send({ environment: 'prod', releaseId });
    expect(same.body.id).toBe(run.body.id);
    const elsewhere = await request(platform.server)
      .post('/api/platform/services/orders/deployments')
      .set({ ...mara, 'idempotency-key': key })
      .send({ environment: 'dev', releaseId });
    expect(elsewhere.status).toBe(409);
    const unknown = { ...input, releaseId: NOBODY };
    for (const url of ['/runs', '/runs/plan']) {
      const missing = await call('post', url, mara, {
        body: { kind: 'deploy', input: unknown },
      });
      expect(missing.status).toBe(404);
      const incomplete = await call('post', url, mara, {
        body: { kind: 'deploy', input: { service: 'orders' } },
      });
      expect(incomplete.status).toBe(400);
      expect(incomplete.message).toContain('environment');
    }
  });

  it('lists page by page, and by everything there is to filter by', async () => {
    const ids: string[] = [];
    for (const text of ['page', 'page', 'page']) {
      const { id } = await start({ text });
      await reaches(id, 'succeeded');
      ids.unshift(id);
    }
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call<Page<Run>>(
        'get',
        `/runs?target=note:page&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        mara,
      );
      found.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(found).toEqual(ids);
    const all =
      'state=succeeded&state=failed&kind=note&service=orders&requestedBy=user:default/mara&owner=group:default/payments&owner=group:default/growth&target=note:page';
    const { body } = await call<Page<Run>>('get', `/runs?${all}`, mara);
    expect(body.items).toHaveLength(3);
    for (const none of [
      'state=queued',
      'activity=people',
      'kind=deploy',
      'environment=prod',
    ]) {
      const { body: empty } = await call<Page<Run>>(
        'get',
        `/runs?target=note:page&${none}`,
        mara,
      );
      expect(empty.items).toEqual([]);
    }
  });

  it('retries, undoes and gives up what failed', async () => {
    const { id } = await start({ text: 'broken', fail: true });
    const failed = await reaches(id, 'failed');
    expect(failed).toMatchObject({
      failure: { message: 'The pen broke.', hint: 'Take another one.' },
      remains: [{ what: 'note broken', certain: false }],
    });
    expect((await call('post', `/runs/${id}/retry`, tomas)).status).toBe(403);
    expect((await call('post', `/runs/${id}/undo`, tomas)).status).toBe(403);
    expect((await call('post', `/runs/${id}/give-up`, tomas)).status).toBe(403);
    expect((await call('post', `/runs/${id}/retry`, mara)).status).toBe(200);
    await until(
      async () =>
        (await reaches(id, 'failed')).steps.find(
          ({ id: step }) => step === 'write',
        )!.attempt === 2,
    );
    const given = await call('post', `/runs/${id}/give-up`, mara);
    expect(given.body).toMatchObject({ givenUp: { by: 'user:default/mara' } });

    const second = await start({ text: 'undone', fail: true });
    await reaches(second.id, 'failed');
    expect((await call('post', `/runs/${second.id}/undo`, mara)).status).toBe(
      200,
    );
    const undone = await reaches(second.id, 'undone');
    expect(undone.remains).toEqual([]);
    expect(notes.notes.has('undone')).toBe(false);
    for (const what of ['cancel', 'retry', 'undo', 'give-up']) {
      const late = await call('post', `/runs/${second.id}/${what}`, mara);
      expect([what, late.status]).toEqual([what, 409]);
    }
  });

  it('cancels for the owning team', async () => {
    const { id } = await start({ text: 'stop', wait: true });
    await reaches(id, 'waiting');
    expect((await call('post', `/runs/${id}/cancel`, tomas)).status).toBe(403);
    expect((await call('post', `/runs/${id}/cancel`, mara)).status).toBe(200);
    await reaches(id, 'cancelled');
  });

  it('takes a callback once, without a token', async () => {
    const { id } = await start({ text: 'called', wait: true });
    await reaches(id, 'waiting');
    const { pathname, search, searchParams } = new URL(
      notes.callbacks.get('called')!,
    );
    const url = `${pathname.replace('/api/platform', '')}${search}`;
    const forged = url.replace(searchParams.get('signature')!, 'x'.repeat(43));
    expect((await call('post', forged, nobody, { body: {} })).status).toBe(403);
    const later = url.replace(searchParams.get('expires')!, '9999999999999');
    expect((await call('post', later, nobody, { body: {} })).status).toBe(403);
    const large = { text: 'x'.repeat(64 * 1024) };
    expect((await call('post', url, nobody, { body: large })).status).toBe(413);
    expect((await call('post', url, nobody, { body: [] })).status).toBe(400);
    const body = { answer: 42 };
    const calls = await Promise.all(
      [1, 2, 3].map(() => call('post', url, nobody, { body })),
    );
    expect(calls.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
    const run = await reaches(id, 'succeeded');
    expect(run.steps[0].output).toEqual({ said: body });
    await platform.knex('run_waits').where({ run_id: id }).delete();
    expect((await call('post', url, nobody, { body })).status).toBe(404);
  });

  it('lets a second person approve or reject', async () => {
    const verdicts = [];
    for (const verdict of ['approve', 'reject']) {
      const { id } = await start({ text: verdict, environment: 'prod' });
      const { body } = await call<Page<Approval>>(
        'get',
        '/approvals?state=open&mine=true&limit=10',
        idris,
      );
      const approval = body.items.find(({ run }) => run.id === id)!;
      expect(approval).toMatchObject({ mayDecide: true, votes: [] });
      const url = `/approvals/${approval.id}`;
      const own = await call<Approval>('get', url, mara);
      expect(own.body.mayDecide).toBe(false);
      const comment = { body: { comment: 'I looked at it.' } };
      for (const who of [mara, tomas]) {
        const refused = await call('post', `${url}/${verdict}`, who, comment);
        expect(refused.status).toBe(403);
      }
      const done = await call<Approval>(
        'post',
        `${url}/${verdict}`,
        idris,
        comment,
      );
      verdicts.push(done.body.state);
      const again = await call('post', `${url}/${verdict}`, idris, comment);
      expect(again.status).toBe(409);
      await reaches(id, verdict === 'approve' ? 'succeeded' : 'cancelled');
    }
    expect(verdicts).toEqual(['resumed', 'rejected']);
    const first = await call<Page<Approval>>(
      'get',
      '/approvals?state=ended&limit=1',
      mara,
    );
    const second = await call<Page<Approval>>(
      'get',
      `/approvals?state=ended&limit=1&cursor=${first.body.nextCursor}`,
      mara,
    );
    expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
  });

  it('approves without a body', async () => {
    const { id, waits } = await start({ text: 'quiet', environment: 'prod' });
    const response = await request(platform.server)
      .post(`/api/platform/approvals/${waits[0].id}/approve`)
      .set(idris);
    expect(response.status).toBe(200);
    await reaches(id, 'succeeded');
  });

  it('tells where the time went', async () => {
    const ledger = await call<object>(
      'get',
      '/wait-ledger?groupedBy=environment&days=7&owner=group:default/payments',
      mara,
    );
    expect(ledger.status).toBe(200);
    expect(ledger.body).toMatchObject({ days: 7, groupedBy: 'environment' });
    const { body } = await call<object>('get', '/wait-ledger', mara);
    expect(body).toMatchObject({ days: 30, groupedBy: 'owner' });
  });

  it.each([
    ['/runs?limit=0', 'limit'],
    ['/runs?limit=201', 'limit'],
    ['/runs?limit=many', 'limit'],
    ['/runs?state=finished', 'cancelling'],
    ['/runs?activity=leisure', 'machines'],
    ['/runs?cursor=mine', 'cursor'],
    ['/runs?sate=failed', 'sate'],
    ['/approvals?state=closed', 'ended'],
    ['/approvals?mine=perhaps', 'mine'],
    ['/approvals?cursor=mine', 'cursor'],
    ['/wait-ledger?days=0', 'days'],
    ['/wait-ledger?groupedBy=mood', 'goldenPath'],
  ])('refuses %s and names %s', async (url, what) => {
    const { status, message } = await call('get', url, mara);
    expect(status).toBe(400);
    expect(message).toContain(what);
  });

  it.each([
    [{ input: {} }, 'kind'],
    [{ kind: 'note' }, 'input'],
    [{ kind: 'note', input: 'x' }, 'object'],
    [{ kind: 'note', input: { text: 1 } }, 'text'],
    [{ kind: 'note', input: { text: 'x' }, colour: 'red' }, 'colour'],
    [{ kind: 'dance', input: {} }, 'There are: '],
    [{ kind: 'pipeline', input: {} }, 'by the platform itself'],
  ])('refuses to start or plan %j and says %s', async (body, what) => {
    for (const url of ['/runs', '/runs/plan']) {
      const { status, message } = await call('post', url, mara, { body });
      expect(status).toBe(400);
      expect(message).toContain(what);
    }
  });

  it('refuses what is not JSON, or too large', async () => {
    const broken = await request(platform.server)
      .post('/api/platform/runs')
      .set({ ...mara, 'content-type': 'application/json' })
      .send('{"kind":');
    expect(broken.status).toBe(400);
    const body = { kind: 'note', input: { text: 'x'.repeat(200_000) } };
    for (const url of ['/runs', '/runs/plan']) {
      expect((await call('post', url, mara, { body })).status).toBe(413);
    }
  });

  it('says that what a run would make is there', async () => {
    const body = { kind: 'note', input: { text: 'taken' } };
    for (const url of ['/runs', '/runs/plan']) {
      const { status, message } = await call('post', url, mara, { body });
      expect([url, status]).toEqual([url, 409]);
      expect(message).toBe('There is such a note.');
    }
  });

  it('says that what it takes to plan does not answer', async () => {
    const body = { kind: 'note', input: { text: 'away' } };
    for (const url of ['/runs', '/runs/plan']) {
      const { status, message } = await call('post', url, mara, { body });
      expect([url, status]).toEqual([url, 503]);
      expect(message).toBe('The notebook is not here.');
    }
  });

  it('denies to start what belongs to others', async () => {
    const body = { kind: 'note', input: { text: 'theirs' } };
    const { status, message } = await call('post', '/runs', tomas, { body });
    expect(status).toBe(403);
    expect(message).toContain('payments');
    const held = await start({ text: 'theirs' }, { hold: true });
    expect((await call('post', `/runs/${held.id}/start`, tomas)).status).toBe(
      403,
    );
  });

  it('lets services read runs, and only people act', async () => {
    const service = { authorization: mockCredentials.service.header() };
    expect((await call('get', '/runs', service)).status).toBe(200);
    const body = { kind: 'note', input: { text: 'x' } };
    const { status, message } = await call('post', '/runs', service, { body });
    expect(status).toBe(403);
    expect(message).toContain('Only a person can do this');
  });

  describe.each(operations)('$method $path', operation => {
    const { method, url, body, isOpen } = operation;

    it('names a query parameter it does not know', async () => {
      const wrong = `${url}${url.includes('?') ? '&' : '?'}nonsense=1`;
      const { status, message } = await call(method, wrong, mara, { body });
      expect(status).toBe(400);
      expect(message).toContain('nonsense');
    });

    it('wants to know who calls, or a signature', async () => {
      const { status } = await call(method, url, nobody, { body });
      expect(status).toBe(isOpen ? 403 : 401);
    });

    if (operation.path.includes('{id}') && !isOpen) {
      it('knows nothing of what does not exist', async () => {
        const { status } = await call(method, url, mara, { body });
        expect(status).toBe(404);
      });
    }
  });

  it('needs permission for everything', async () => {
    const strict = await startPlatform(
      databases,
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    );
    try {
      const denied = await DocumentedApi.of(strict.server, seen);
      for (const { method, path, url, body } of operations) {
        const { status } = await denied.call(method, url, mara, { body });
        expect([path, status]).toEqual([path, 403]);
      }
    } finally {
      await strict.stop();
    }
  });

  it('takes the permission to create a service for a run that creates one', async () => {
    const strict = await startPlatform(
      databases,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission: { name } }) => ({
            result:
              name === 'platform.service.create'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
      }).factory,
    );
    try {
      const denied = await DocumentedApi.of(strict.server, seen);
      const body = { kind: 'create-service', input: {} };
      for (const url of ['/runs', '/runs/plan']) {
        const { status, message } = await denied.call('post', url, mara, {
          body,
        });
        expect([url, status]).toEqual([url, 403]);
        expect(message).toContain('platform.service.create');
      }
    } finally {
      await strict.stop();
    }
  });

  it('has given every answer it documents', () => {
    // Those of resources, deliveries and previews have tests of their own.
    const here = operations.filter(
      ({ path }) =>
        !/^\/(?:resource|services|deployments|previews|artifacts)/.test(path),
    );
    expect(unseenAnswers(here, seen)).toEqual([]);
    expect(undocumentedAnswers(seen)).toEqual([]);
  });
});
