import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  BlastRadius,
  DependencyGraph,
  EntityOwnership,
  Finding,
  HistoryEntry,
  Import,
  ImportRow,
  Leaver,
  OwnedEntity,
  OwnershipCoverage,
  PendingEntity,
  RotationDetail,
  RotationList,
  TeamDetail,
  TeamSummary,
  Transfer,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import {
  DocumentedApi,
  operationsOf,
  undocumentedAnswers,
  unseenAnswers,
  until,
} from '@slipway/plugin-platform-node/testUtils';
import request from 'supertest';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { entity, ORGANISATION, service } from '../__testUtils__/entities';
import { FakeMover } from '../__testUtils__/FakeMover';
import { as, startOwnership } from '../__testUtils__/ownershipBackend';
import { rotationFile } from '../__testUtils__/rotationFile';
import { spec } from './spec';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const NOBODY = '00000000-0000-4000-8000-000000000000';
const TOMORROW = new Date(Date.now() + 24 * 60 * 60_000).toISOString();
const operations = operationsOf(spec.paths, {
  values: { ref: 'group:default%2Fnothing', id: NOBODY, name: 'nothing' },
  bodies: {
    '/imports': { name: 'code', repositories: [{ name: 'nothing' }] },
    '/leavers/confirm': { ids: [NOBODY] },
    '/on-call/{name}/swaps': { since: '2026-11-30T08:00:00Z', to: 'mara' },
    '/findings/{id}/snooze': { until: TOMORROW, reason: 'It can wait.' },
    '/transfers': { owner: 'nothing', to: 'payments', reason: 'It is ours.' },
    '/transfers/{id}/decline': { reason: 'It is not ours.' },
  },
});
const ALONE = 'component:default/alone';
const mara = as('mara');
const noor = as('noor');
const nobody = { authorization: mockCredentials.none.header() };
const ORDERS = encodeURIComponent('component:default/orders');

describe('the API of ownership and its document', () => {
  const seen = new Set<string>();
  const mover = new FakeMover();
  let catalog: ChangingCatalog;
  let ownership: Awaited<ReturnType<typeof startOwnership>>;
  let api: DocumentedApi;

  const get = <T>(url: string) => api.call<T>('get', url, mara);
  const post = <T = Transfer>(url: string, who = mara, body?: object) =>
    api.call<T>('post', url, who, { body });

  beforeAll(async () => {
    catalog = new ChangingCatalog([
      ...ORGANISATION,
      entity('System', 'checkout', { owner: 'payments' }),
      entity(
        'Component',
        'orders',
        {
          owner: 'payments',
          type: 'service',
          dependsOn: ['resource:orders-db'],
        },
        {
          'slipway.dev/on-call': 'payments-primary',
          'slipway.dev/technical-lead': 'user:default/mara',
          'opsgenie.com/team': 'payments',
        },
      ),
      service('cart', undefined, { system: 'checkout' }),
      service('shop', 'logistics', { dependsOn: ['component:orders'] }),
      service('lost', 'nobody'),
      service('stray', 'growth'),
      entity('Resource', 'orders-db', { owner: 'payments' }),
    ]);
    ownership = await startOwnership(databases, catalog, mover.module);
    await writeFile(
      path.join(ownership.directory, 'payments.yaml'),
      `${rotationFile('payments-primary', '[mara, idris]')}---\n${rotationFile('wrong', '[stranger]')}`,
    );
    await ownership.tell({ all: true });
    api = await DocumentedApi.at(
      ownership.server,
      { pluginId: 'ownership', operations },
      seen,
    );
    await until(async () => {
      const { body } = await get<RotationList>('/on-call');
      return body.items.length > 0;
    });
    await ownership.tell({ all: true });
    await until(async () => {
      const { body } = await get<EntityOwnership>(`/entities/${ORDERS}`);
      return body.roles.onCall !== undefined;
    });
  });

  afterAll(() => ownership.stop());

  it('says who owns an entity, from where that is known, and who is on call', async () => {
    const { body } = await get<EntityOwnership>(`/entities/${ORDERS}`);
    expect(body).toMatchObject({
      entityRef: 'component:default/orders',
      owner: 'group:default/payments',
      ownerTitle: 'Payments',
      source: 'entity',
      roles: { technicalLead: { value: 'user:default/mara' } },
      onCall: { rotation: 'payments-primary' },
      findings: [],
      links: [{ title: 'Opsgenie team payments' }],
    });
    expect(['Mara', 'Idris']).toContain(body.onCall?.now?.title);
    const cart = await get<EntityOwnership>('/entities/cart');
    expect(cart.body).toMatchObject({
      source: 'system',
      inheritedFrom: 'system:default/checkout',
      onCall: { inheritedFrom: 'group:default/payments' },
    });
    const lost = await get<EntityOwnership>('/entities/lost');
    expect(lost.body.findings).toMatchObject([{ kind: 'orphan' }]);
    expect((await get('/entities/%3A')).message).toContain('ref: ":"');
  });

  it('lists entities by word, owner, kind and finding, page by page', async () => {
    const list = async (query: string) => {
      const { body } = await get<Page<OwnedEntity>>(`/entities?${query}`);
      return body.items.map(({ name }) => name);
    };
    expect(await list('q=ord')).toEqual(['orders', 'orders-db']);
    expect(await list('q=payments%20db')).toEqual(['orders-db']);
    expect(await list('owner=payments&kind=resource')).toEqual(['orders-db']);
    expect(await list('owner=none')).toEqual(['lost']);
    expect(await list('finding=orphan')).toEqual(['lost', 'stray']);
    const first = await get<Page<OwnedEntity>>('/entities?limit=4');
    expect(await list(`cursor=${first.body.nextCursor}`)).toEqual([
      'orders-db',
      'shop',
      'stray',
    ]);
    expect((await get('/entities?cursor=x')).status).toBe(400);
    expect((await get('/entities?kind=User')).message).toContain('kind: ');
    expect((await get('/entities?owner=user:mara')).message).toContain(
      'owner: ',
    );
  });

  it('knows teams, and what they have', async () => {
    const teams = await get<{ items: TeamSummary[] }>('/teams?q=pay');
    expect(teams.body.items).toEqual([
      {
        team: 'group:default/payments',
        title: 'Payments',
        type: 'team',
        parent: 'group:default/company',
        people: 2,
        entities: 4,
        findings: 0,
      },
    ]);
    const { body } = await get<TeamDetail>('/teams/payments');
    expect(body).toMatchObject({
      people: [{ title: 'Idris' }, { title: 'Mara' }],
      parents: [{ team: 'group:default/company' }],
      counts: { Component: 2, Resource: 1, System: 1 },
      onCall: [{ rotation: 'payments-primary' }],
    });
    const company = await get<TeamDetail>('/teams/company');
    expect(company.body.children.map(({ title }) => title)).toEqual([
      'Growth',
      'Logistics',
      'Payments',
    ]);
    catalog.put(
      ...['ring-a', 'ring-b'].map((name, index) =>
        entity('Group', name, { parent: ['ring-b', 'ring-a'][index] }),
      ),
    );
    await ownership.tell({ entityRefs: ['group:default/ring-a'] });
    await until(async () => (await get('/teams/ring-b')).status === 200);
    const ring = await get<TeamDetail>('/teams/ring-a');
    expect(ring.body).toMatchObject({
      parents: [{ team: 'group:default/ring-b' }],
      children: [{ team: 'group:default/ring-b' }],
    });
    expect(ownership.signals.publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'slipway-ownership',
      message: { type: 'changed' },
    });
  });

  it('says what fails with something, and who answers for that', async () => {
    const url = `/entities/${encodeURIComponent('resource:orders-db')}`;
    const { body } = await get<BlastRadius>(`${url}/blast-radius`);
    expect(body).toMatchObject({
      layers: [
        { distance: 1, entities: [{ title: 'orders' }] },
        { distance: 2, entities: [{ title: 'shop' }] },
      ],
      teams: [
        { title: 'Payments', distance: 1, onCall: [{}] },
        { title: 'Logistics', distance: 2, onCall: [] },
      ],
      total: 2,
      truncated: false,
    });
    const one = await get<DependencyGraph>(`${url}/dependencies`);
    expect(one.body).toMatchObject({
      nodes: [{ title: 'orders-db' }, { title: 'orders' }],
      edges: [{ origins: ['declared'] }],
      truncated: true,
    });
    const two = await get<DependencyGraph>(`${url}/dependencies?depth=2`);
    expect(two.body).toMatchObject({ truncated: false });
    expect(two.body.edges).toHaveLength(2);
  });

  it('shows rotations, and what is wrong with their files', async () => {
    const list = await get<RotationList>('/on-call?team=payments');
    expect(list.body.items).toMatchObject([{ name: 'payments-primary' }]);
    expect(list.body.problems).toMatchObject([
      { file: expect.stringContaining('payments.yaml'), line: 19 },
    ]);
    const one = await get<RotationDetail>('/on-call/payments-primary');
    expect(one.body.people).toMatchObject({ 'user:default/mara': 'Mara' });
    expect(one.body.shifts.length).toBeGreaterThan(3);
  });

  it('lets a colleague take over a shift, for the team only', async () => {
    const url = '/on-call/payments-primary';
    const [now, next] = (await get<RotationDetail>(url)).body.shifts as Array<{
      person: string;
      since: string;
    }>;
    const swap = { since: next.since, to: now.person, why: 'A concert.' };
    const refused = async (body: object, who = mara) =>
      (await api.call('post', `${url}/swaps`, who, { body })).status;
    expect(await refused(swap, noor)).toBe(403);
    expect(await refused({ ...swap, to: 'user:default/noor' })).toBe(400);
    expect(await refused({ ...swap, since: 'soon' })).toBe(400);
    expect(await refused({ ...swap, since: '2020-01-01T00:00:00Z' })).toBe(409);
    const { body } = await post<RotationDetail>(`${url}/swaps`, mara, swap);
    expect(body.shifts).toContainEqual(
      expect.objectContaining({
        kind: 'override',
        person: now.person,
        override: expect.objectContaining({ why: 'A concert.' }),
      }),
    );
    expect(await refused(swap)).toBe(400);
  });

  it('says who left, and lets them be confirmed where they are held', async () => {
    const [id, other] = [
      NOBODY.replace('4000', '4001'),
      NOBODY.replace('4000', '4002'),
    ];
    await ownership.knex('leavers').insert(
      [id, other].map((one, index) => ({
        id: one,
        user_ref: `user:default/temp-${index}`,
        title: 'Temp',
        teams: ['group:default/growth'],
        state: 'held',
        left_at: new Date(),
      })),
    );
    const first = await get<Page<Leaver>>('/leavers?limit=1');
    const rest = await get<Page<Leaver>>(
      `/leavers?cursor=${first.body.nextCursor}`,
    );
    expect(
      [first, rest].map(({ body }) => body.items.map(one => one.id)),
    ).toEqual([[other], [id]]);
    expect((await get('/leavers?cursor=x')).status).toBe(400);
    const confirm = () =>
      post<{ items: Leaver[] }>('/leavers/confirm', mara, { ids: [id] });
    expect((await confirm()).body.items).toMatchObject([
      { id, state: 'noticed', confirmedBy: 'user:default/mara' },
    ]);
    expect((await confirm()).status).toBe(409);
  });

  it('checks an import, writes it, and takes it away again', async () => {
    const folder = {
      name: 'code',
      repositories: [{ name: 'parcels' }, { name: 'two words' }],
    };
    const checked = await post<Import>('/imports', mara, folder);
    expect(checked.body).toMatchObject({
      state: 'checked',
      counts: { new: 1, error: 1, gaps: 1 },
    });
    const wrong = await post('/imports', mara, { ...folder, repositories: [] });
    expect(wrong.message).toContain('The folder has no');
    const url = `/imports/${checked.body.id}`;
    const rows = await get<Page<ImportRow>>(`${url}/rows?limit=1`);
    const rest = await get<Page<ImportRow>>(
      `${url}/rows?cursor=${rows.body.nextCursor}`,
    );
    expect(
      [rows, rest].flatMap(({ body }) => body.items.map(one => one.outcome)),
    ).toEqual(['new', 'error']);
    expect((await get(`${url}/rows?cursor=x`)).status).toBe(400);
    expect((await post(`${url}/remove`)).status).toBe(409);
    expect((await post<Import>(`${url}/apply`)).body.state).toMatch(
      /^(applying|done)$/,
    );
    expect((await post(`${url}/apply`)).status).toBe(409);
    await until(async () => (await get<Import>(url)).body.state === 'done');
    const csv = await request(ownership.server)
      .post('/api/ownership/imports?name=more.csv')
      .set({ ...mara, 'content-type': 'text/csv' })
      .send('name,owner\nmail,payments\n');
    expect([csv.status, csv.body.name, csv.body.counts.new]).toEqual([
      201,
      'more.csv',
      1,
    ]);
    const first = await get<Page<Import>>('/imports?limit=1');
    const older = await get<Page<Import>>(
      `/imports?cursor=${first.body.nextCursor}`,
    );
    expect(
      [first, older].map(({ body }) => body.items.map(({ name }) => name)),
    ).toEqual([['more.csv'], ['code']]);

    const asCatalog = { authorization: mockCredentials.service.header() };
    const pending = () =>
      request(ownership.server)
        .get('/api/ownership/imported-entities/pending?limit=10')
        .set(asCatalog);
    const { items } = (await pending()).body;
    expect(items).toMatchObject([{ entityRef: 'component:default/parcels' }]);
    await request(ownership.server)
      .post('/api/ownership/imported-entities/provided')
      .set(asCatalog)
      .send({
        items: items.map(({ entityRef, version }: PendingEntity) => ({
          entityRef,
          version,
        })),
      })
      .expect(204);
    expect((await pending()).body.items).toEqual([]);
    expect((await pending().set(mara)).status).toBe(403);
    expect((await post<Import>(`${url}/remove`)).body.state).toBe('removed');
  });

  it('counts how much is owned', async () => {
    const { body } = await get<OwnershipCoverage>('/coverage');
    expect(body).toMatchObject({
      entities: 7,
      owned: 5,
      findings: { orphan: 2 },
      trend: [{ entities: 7 }],
    });
    expect(body.gaps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ title: 'Nobody', entities: 1 }),
        expect.objectContaining({ title: 'Growth', entities: 1 }),
      ]),
    );
  });

  it('assigns, snoozes and wakes findings until they are mended', async () => {
    const list = (query = '') => get<Page<Finding>>(`/findings?${query}`);
    const found = await list('kind=orphan&owner=none');
    const url = `/findings/${found.body.items[0].id}`;
    const assigned = await post<Finding>(`${url}/assign`, mara, {
      assignee: 'noor',
    });
    expect(assigned.body.assignee).toBe('user:default/noor');
    expect((await list('assignee=noor')).body.items).toHaveLength(1);
    const wrong = await post(`${url}/assign`, mara, { assignee: 'stranger' });
    expect(wrong.message).toContain('assignee: ');
    const snooze = (day: string) =>
      post<Finding>(`${url}/snooze`, mara, {
        until: day,
        reason: 'It goes soon.',
      });
    expect((await snooze('yesterday')).message).toContain('until: ');
    expect((await snooze(TOMORROW)).body).toMatchObject({
      state: 'snoozed',
      snoozedUntil: TOMORROW,
      snoozedBy: 'user:default/mara',
    });
    expect((await list('limit=1')).body.items).toHaveLength(1);
    expect((await post<Finding>(`${url}/wake`)).body.state).toBe('open');
    const page = await list('limit=1');
    const rest = await list(`cursor=${page.body.nextCursor}`);
    expect(rest.body.items).toHaveLength(1);
    catalog.put(service('lost', 'logistics'));
    await ownership.tell({
      entityRefs: ['component:default/lost'],
      actor: 'user:default/noor',
    });
    await until(async () =>
      (await list('state=closed')).body.items.some(({ id }) =>
        url.endsWith(id),
      ),
    );
    for (const [step, body] of Object.entries({
      assign: {},
      snooze: { until: TOMORROW, reason: 'x' },
      wake: undefined,
    })) {
      expect((await post(`${url}/${step}`, mara, body)).status).toBe(409);
    }
    const history = await get<Page<HistoryEntry>>('/entities/lost/history');
    expect(history.body.items).toMatchObject([
      { actor: 'user:default/noor', changes: [{ field: 'owner' }, {}] },
      { action: 'appeared' },
    ]);
    const newest = await get<Page<HistoryEntry>>(
      '/entities/lost/history?limit=1',
    );
    const older = await get<Page<HistoryEntry>>(
      `/entities/lost/history?cursor=${newest.body.nextCursor}`,
    );
    expect(older.body.items).toHaveLength(1);
  });

  it('offers, accepts, declines and withdraws transfers', async () => {
    const offer = (body: object, who = mara) =>
      post('/transfers', who, { reason: 'It fits there.', ...body });
    const cart = { entityRefs: ['cart'], to: 'logistics' };
    expect((await offer(cart, noor)).status).toBe(403);
    expect((await offer({ ...cart, to: 'growth' })).message).toContain('to: ');
    expect((await offer({ ...cart, to: 'payments' })).status).toBe(400);
    expect((await offer({ to: 'logistics' })).status).toBe(400);
    const { body, status } = await offer(cart);
    expect(status).toBe(201);
    expect((await offer(cart)).status).toBe(409);
    const shown = await get<EntityOwnership>('/entities/cart');
    expect(shown.body.transferId).toBe(body.id);
    const url = `/transfers/${body.id}`;
    expect((await post(`${url}/accept`)).status).toBe(403);
    expect((await post(`${url}/undo`)).status).toBe(409);
    const why = { reason: 'Not now.' };
    expect((await post(`${url}/decline`, mara, why)).status).toBe(403);
    expect((await post(`${url}/decline`, noor, why)).body).toMatchObject({
      state: 'declined',
      decisionReason: 'Not now.',
    });
    expect((await post(`${url}/decline`, noor, why)).status).toBe(409);
    const second = await offer({ owner: 'payments', to: 'logistics' });
    const again = `/transfers/${second.body.id}`;
    expect(second.body.entities).toHaveLength(4);
    expect((await post(`${again}/withdraw`, noor, {})).status).toBe(403);
    mover.isReady = false;
    const accepted = await post(`${again}/accept`, noor);
    expect(accepted.body.state).toBe('accepted');
    expect((await post(`${again}/accept`, noor)).status).toBe(409);
    expect((await post(`${again}/withdraw`, mara, {})).body.state).toBe(
      'withdrawn',
    );
    expect((await post(`${again}/withdraw`, mara, {})).status).toBe(409);
    const list = await get<Page<Transfer>>(
      '/transfers?team=logistics&state=declined&state=withdrawn&limit=1',
    );
    expect(list.body.items).toMatchObject([{ id: second.body.id }]);
    const rest = await get<Page<Transfer>>(
      `/transfers?entityRef=cart&cursor=${list.body.nextCursor}`,
    );
    expect(rest.body.items).toMatchObject([{ id: body.id }]);
    expect((await get<Transfer>(url)).body.id).toBe(body.id);
  });

  it('moves what is accepted, and back within a week', async () => {
    mover.isReady = true;
    const offered = await post('/transfers', noor, {
      entityRefs: ['shop'],
      to: 'payments',
      reason: 'It sells.',
    });
    const url = `/transfers/${offered.body.id}`;
    const state = async () => (await get<Transfer>(url)).body.state;
    const { body } = await post(`${url}/accept`);
    expect(body).toMatchObject({ state: 'moving', runId: 'run-1' });
    expect((await post(`${url}/withdraw`, noor, {})).status).toBe(409);
    await mover.progress.failed(body.id, 'The forge is away.');
    expect((await get<Transfer>(url)).body).toMatchObject({
      state: 'accepted',
      problem: 'The forge is away.',
    });
    expect((await post(`${url}/accept`)).body.state).toBe('moving');
    await mover.progress.moved(body.id, ['catalog-info.yaml of shop']);
    await mover.progress.moved(body.id, ['twice']);
    expect((await get<Transfer>(url)).body).toMatchObject({
      state: 'done',
      touched: ['catalog-info.yaml of shop'],
    });
    mover.isReady = false;
    expect((await post(`${url}/undo`)).status).toBe(503);
    expect(await state()).toBe('done');
    mover.isReady = true;
    expect((await post(`${url}/undo`)).body.state).toBe('undoing');
    await mover.progress.movedBack(body.id);
    expect(await state()).toBe('undone');
    expect(mover.asked.map(({ to }) => to)).toEqual([
      'group:default/payments',
      'group:default/payments',
      'back',
    ]);
  });

  it('lets nobody else snooze what a team with people can mend itself', async () => {
    catalog.put(
      entity('Group', 'solo', { type: 'team' }),
      entity('User', 'vera', { memberOf: ['solo'] }),
      service('alone', 'solo'),
    );
    const refs = ['group:default/solo', 'user:default/vera', ALONE];
    await ownership.tell({ entityRefs: refs });
    const list = () => get<Page<Finding>>('/findings?owner=solo');
    await until(async () => (await list()).body.items.length === 1);
    const [{ id, kind }] = (await list()).body.items;
    expect(kind).toBe('single-point');
    const body = { until: TOMORROW, reason: 'Not mine.' };
    const { status, message } = await post(
      `/findings/${id}/snooze`,
      mara,
      body,
    );
    expect([status, message]).toEqual([
      403,
      'This is for group:default/solo to decide. Only members of it can snooze it; ask one of them.',
    ]);
    catalog.remove(...refs);
    await ownership.tell({ entityRefs: refs });
    await until(async () => (await list()).body.items.length === 0);
  });

  it.each(operations)('$method $path asks who calls', async operation => {
    const { method, url, body } = operation;
    const asked = await api.call(method, url, nobody, { body });
    expect(asked.status).toBe(401);
    const strange = await api.call(method, `${url}?nonsense=1`, mara, { body });
    expect(strange.status).toBe(400);
  });

  it.each(operations.filter(({ path: one }) => /\{(ref|id|name)\}/.test(one)))(
    '$method $path knows nothing of what does not exist',
    async operation => {
      const { method, url, body } = operation;
      expect((await api.call(method, url, mara, { body })).status).toBe(404);
    },
  );

  it('needs permission for everything', async () => {
    const strict = await startOwnership(
      databases,
      catalog,
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    );
    try {
      const denied = await DocumentedApi.at(
        strict.server,
        { pluginId: 'ownership', operations },
        seen,
      );
      for (const { method, path: one, url, body } of operations) {
        const { status } = await denied.call(method, url, mara, { body });
        expect([one, status]).toEqual([one, 403]);
      }
    } finally {
      await strict.stop();
    }
  });

  it('has given every answer it documents', () => {
    expect(unseenAnswers(operations, seen)).toEqual([]);
    expect(undocumentedAnswers(operations, seen)).toEqual([]);
  });
});
