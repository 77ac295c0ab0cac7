import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  PlatformClient,
  REPOSITORY_EVENT_TOPIC,
  type RepositoryEvent,
} from '@slipway/plugin-platform-common';
import {
  forgeExtensionPoint,
  type Forge,
  type Push,
} from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import { LocalForge } from '../LocalForge';
import { platformModuleLocalForge } from '../module';

/** What a test says about the backend it wants. */
export interface StartForgeOptions {
  knex: Knex;
  /** Left out, a new directory that goes with the backend. */
  directory?: string;
  /** Left out, nobody listens to pushes. */
  onPush?: (push: Push) => Promise<void>;
  config?: { maximumPackBytes?: number };
}

/** A running backend with the forge, and all that a test asks of it. */
export interface RunningForge {
  forge: LocalForge;
  directory: string;
  /** `http://localhost:<port>` */
  url: string;
  client: PlatformClient;
  events: RepositoryEvent[];
  pushes: Push[];
  /** Who was told what, as `who but whom: what`. */
  notifications: string[];
  stop(): Promise<void>;
  /** Does at once what otherwise is done twice a minute. */
  maintain(): Promise<void>;
  /** The address of a repository with the credentials in it. */
  gitUrl(name: string, token?: string): string;
  /** Makes an access token for a person. */
  tokenOf(user: string): Promise<string>;
}

/** Mara and Ivo are in payments, which is part of commerce; Noor is in checkout; Zed is in no team. */
export const PEOPLE: Entity[] = [
  user('mara', ['payments'], {
    displayName: 'Mara Lindt',
    email: 'mara@example.com',
  }),
  user('ivo', ['payments']),
  user('noor', ['checkout']),
  user('zed', []),
  group('commerce'),
  group('payments', 'commerce'),
  group('checkout', 'commerce'),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'ledger', namespace: 'default' },
  },
];

/** The credentials under which a person calls the API. */
export function as(person: string): { token: string } {
  return { token: mockCredentials.user.token(`user:default/${person}`) };
}

/** Starts a backend with the forge in it, on a port of the system's choice. */
export async function startForge(
  options: StartForgeOptions,
): Promise<RunningForge> {
  const directory =
    options.directory ?? (await mkdtemp(path.join(tmpdir(), 'forge-')));
  const events: RepositoryEvent[] = [];
  const pushes: Push[] = [];
  const notifications: string[] = [];
  let forge: Forge | undefined;

  let scheduler: SchedulerService | undefined;
  const platform = createBackendPlugin({
    pluginId: 'platform',
    register(registration) {
      registration.registerExtensionPoint(forgeExtensionPoint, {
        setForge: value => {
          forge = value;
        },
      });
      registration.registerInit({
        deps: {
          eventsService: eventsServiceRef,
          schedulerService: coreServices.scheduler,
        },
        async init({ eventsService, schedulerService }) {
          scheduler = schedulerService;
          await eventsService.subscribe({
            id: 'test',
            topics: [REPOSITORY_EVENT_TOPIC],
            onEvent: async ({ eventPayload }) => {
              events.push(eventPayload as RepositoryEvent);
            },
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      platform,
      platformModuleLocalForge,
      catalogServiceMock.factory({ entities: PEOPLE }),
      mockServices.scheduler.factory(),
      notificationsFactory(notifications),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish: async () => {} }),
      }),
      mockServices.database.factory({ knex: options.knex }),
      mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://portal.example.com' },
          backend: { baseUrl: 'http://portal.example.com' },
          platform: { localForge: { directory, ...options.config } },
        },
      }),
    ],
  });
  if (!(forge instanceof LocalForge)) {
    throw new Error('The module has set no forge');
  }
  const { onPush } = options;
  if (onPush) {
    forge.deliverPushesTo(async push => {
      await onPush(push);
      pushes.push(push);
    });
  }

  const url = `http://localhost:${backend.server.port()}`;
  const client = new PlatformClient({
    discoveryApi: { getBaseUrl: async pluginId => `${url}/api/${pluginId}` },
  });
  return {
    forge,
    directory,
    url,
    client,
    events,
    pushes,
    notifications,
    stop: async () => {
      await backend.stop();
      if (!options.directory) {
        await rm(directory, { recursive: true, force: true });
      }
    },
    maintain: async () => scheduler?.triggerTask('local-forge-deliver-pushes'),
    gitUrl: (name, token) => {
      const address = new URL(`${url}/git/${name}.git`);
      if (token) {
        address.username = 'anyone';
        address.password = token;
      }
      return address.href;
    },
    tokenOf: async person => {
      const created = await client.createAccessToken(
        { name: randomUUID() },
        as(person),
      );
      return created.token;
    },
  };
}

function notificationsFactory(told: string[]) {
  return createServiceFactory({
    service: notificationService,
    deps: {},
    factory: () => ({
      send: async ({ recipients, payload }) => {
        const { entityRef, excludeEntityRef } =
          recipients.type === 'entity'
            ? recipients
            : { entityRef: 'everybody', excludeEntityRef: undefined };
        told.push(`${entityRef} but ${excludeEntityRef}: ${payload.title}`);
      },
    }),
  });
}

function user(
  name: string,
  groups: string[],
  profile: { displayName?: string; email?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile, memberOf: groups },
    relations: groups.map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

function group(name: string, parent?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: parent
      ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
      : [],
  };
}
