import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Run, ServiceChange } from '@slipway/plugin-platform-common';
import request from 'supertest';
import { as } from '../__testUtils__/platformBackend';
import {
  startDelivery,
  type StartedDelivery,
} from '../deployments/__testUtils__/startDelivery';

jest.setTimeout(90_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

describe('what happened to a service', () => {
  let platform: StartedDelivery;

  beforeAll(async () => {
    platform = await startDelivery(databases, [
      { name: 'dev', autoDeploy: true },
    ]);
  });

  afterAll(() => platform.stop());

  const list = async (query = '') => {
    const { body } = await request(platform.server)
      .get(`/api/platform/service-history${query}`)
      .set({ authorization: mockCredentials.service.header() })
      .expect(200);
    return body.items as ServiceChange[];
  };

  it('is told with before and after, and of secrets only that they changed', async () => {
    await platform.pushed();
    await platform.pushed();
    const configure = async (body: object) =>
      platform.reaches(
        await platform.post<Run>('/services/orders/configuration/dev', body),
      );
    await configure({
      version: 0,
      variables: { LOG_LEVEL: 'debug', BANNER: 'x'.repeat(300) },
      secrets: { API_TOKEN: 'correct-horse' },
    });
    await configure({
      version: 1,
      variables: { LOG_LEVEL: 'info', BANNER: null },
      secrets: { API_TOKEN: 'battery-staple' },
    });
    const changes = await list();
    const fields = changes.flatMap(one => one.fields);
    expect(fields.slice(0, 2)).toEqual([
      { field: 'release in dev', after: expect.stringMatching(/^v1 /) },
      {
        field: 'release in dev',
        before: expect.stringMatching(/^v1 /),
        after: expect.stringMatching(/^v2 /),
      },
    ]);
    expect(fields).toEqual(
      expect.arrayContaining([
        { field: 'LOG_LEVEL in dev', after: 'debug' },
        { field: 'LOG_LEVEL in dev', before: 'debug', after: 'info' },
        { field: 'BANNER in dev', after: `${'x'.repeat(200)}…` },
        { field: 'API_TOKEN in dev', after: 'a secret' },
        {
          field: 'API_TOKEN in dev',
          before: 'a secret',
          after: 'another secret',
        },
      ]),
    );
    expect(JSON.stringify(changes)).not.toMatch(/correct-horse|battery-staple/);
    expect(changes[0]).toMatchObject({
      service: 'orders',
      actor: expect.stringContaining(':'),
    });
    const [first, second] = changes;
    const rest = await list(
      `?limit=1&at=${first.at}&key=${encodeURIComponent(first.key)}`,
    );
    expect(rest).toEqual([second]);
  });

  it('is told to other plugins alone', async () => {
    const answers = await Promise.all(
      ['/service-history', '/service-calls'].map(async url => {
        const { status } = await request(platform.server)
          .get(`/api/platform${url}`)
          .set(as('wei'));
        return status;
      }),
    );
    expect(answers).toEqual([403, 403]);
  });
});
