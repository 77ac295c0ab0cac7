import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import { platformPermissions } from '@slipway/plugin-platform-common';
import request from 'supertest';
import permissionModulePlatform from './index';
import { rules } from './rules';

const ENGINEER = 'user:default/mara';
const PLATFORM_ENGINEER = 'user:default/wei';
const OWNERSHIP: Record<string, string[]> = {
  [ENGINEER]: [ENGINEER, 'group:default/payments'],
  [PLATFORM_ENGINEER]: [PLATFORM_ENGINEER, 'group:default/platform'],
};

const known: Permission[] = [
  ...platformPermissions,
  ...catalogPermissions,
  ...scaffolderPermissions,
];

const unknown = createPermission({
  name: 'somebody.elses.thing',
  attributes: {},
});

async function start(config = {}) {
  const { server } = await startTestBackend({
    features: [
      permissionPlugin,
      permissionModulePlatform,
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true }, ...config },
      }),
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const { userEntityRef } = (
            credentials as ReturnType<typeof mockCredentials.user>
          ).principal;
          const ownershipEntityRefs = OWNERSHIP[userEntityRef];
          return { userEntityRef, ownershipEntityRefs };
        },
      }).factory,
    ],
  });

  // As the plugins ask on behalf of a person; only they may be told conditions.
  const authorize = async (permission: Permission, userRef: string) => {
    const response = await request(server)
      .post('/api/permission/authorize')
      .set(
        'authorization',
        `Bearer ${mockCredentials.user.token(userRef, { actor: { subject: 'plugin:catalog' } })}`,
      )
      .send({ items: [{ id: 'only', permission }] })
      .expect(200);
    return response.body.items[0];
  };
  return { authorize, server };
}

describe('permission module platform', () => {
  const table = rules.map(
    ([permission, audience]) =>
      [permission.name, audience, permission] as const,
  );
  let backend: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    backend = await start();
  });

  it('has a rule for every permission there is', () => {
    const names = new Set(rules.map(([{ name }]) => name));
    expect(
      known.map(({ name }) => name).filter(name => !names.has(name)),
    ).toEqual([]);
  });

  it.each(table)('%s is for %s', async (_name, audience, permission) => {
    expect(await backend.authorize(permission, ENGINEER)).toMatchObject(
      {
        everyone: { result: 'ALLOW' },
        'platform-team': { result: 'DENY' },
        owners: {
          result: 'CONDITIONAL',
          pluginId: 'catalog',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            params: { claims: OWNERSHIP[ENGINEER] },
          },
        },
        creators: {
          result: 'CONDITIONAL',
          pluginId: 'scaffolder',
          conditions: {
            rule: 'IS_TASK_OWNER',
            params: { createdBy: [ENGINEER] },
          },
        },
      }[audience],
    );
    expect(
      await backend.authorize(permission, PLATFORM_ENGINEER),
    ).toMatchObject({
      result: 'ALLOW',
    });
  });

  it('has nothing to say to people who are not signed in', async () => {
    const response = await request(backend.server)
      .post('/api/permission/authorize')
      .set('authorization', mockCredentials.none.header())
      .send({ items: [{ id: 'only', permission: unknown }] });
    expect(response.status).toBe(401);
  });

  it('denies what no rule names, even to the platform team', async () => {
    expect(await backend.authorize(unknown, PLATFORM_ENGINEER)).toMatchObject({
      result: 'DENY',
    });
  });

  it('takes the platform team from the configuration', async () => {
    const elsewhere = await start({
      platform: { teams: { platform: 'payments' } },
    });
    const [managed] = rules.find(
      ([, audience]) => audience === 'platform-team',
    ) ?? [unknown];
    expect(await elsewhere.authorize(managed, ENGINEER)).toMatchObject({
      result: 'ALLOW',
    });
    expect(await elsewhere.authorize(managed, PLATFORM_ENGINEER)).toMatchObject(
      {
        result: 'DENY',
      },
    );
  });
});
