import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import {
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { UserEntity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import request from 'supertest';
import { stringify } from 'yaml';
import localModule from '../index';

/** A user of the catalog, in a team. */
export function buildUser(name: string, team: string): UserEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    spec: {
      profile: {
        displayName: `${name} of ${team}`,
        email: `${name}@example.com`,
      },
      memberOf: [team],
    },
    relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
  };
}

/** An organisation in files, a database, and the backends that are started on them one after another. */
export class LocalAuthHarness {
  readonly #knex: Knex;
  readonly #directory: string;
  readonly #baseUrl: string;
  #backend?: TestBackend;

  static async create(
    knex: Knex,
    options: { baseUrl?: string } = {},
  ): Promise<LocalAuthHarness> {
    const directory = await mkdtemp(path.join(tmpdir(), 'local-auth-'));
    return new LocalAuthHarness(knex, directory, options.baseUrl);
  }

  private constructor(knex: Knex, directory: string, baseUrl?: string) {
    this.#knex = knex;
    this.#directory = directory;
    this.#baseUrl = baseUrl ?? 'http://localhost:7007';
  }

  get passwordFile(): string {
    return path.join(this.#directory, 'data', 'passwords.txt');
  }

  /** Stops the backend that runs, if one does, and starts the next. */
  async start(
    declared: UserEntity[],
    inCatalog: UserEntity[] = declared,
  ): Promise<void> {
    await this.#backend?.stop();
    await writeFile(
      path.join(this.#directory, 'people.yaml'),
      declared.map(user => stringify(user)).join('---\n'),
    );
    this.#backend = await startTestBackend({
      features: [
        authPlugin,
        localModule,
        catalogServiceMock.factory({ entities: inCatalog }),
        mockServices.database.factory({ knex: this.#knex }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: this.#baseUrl },
            backend: { baseUrl: this.#baseUrl },
            auth: {
              providers: {
                local: {
                  usersFrom: path.join(this.#directory, '*.yaml'),
                  passwordFile: this.passwordFile,
                },
              },
            },
          },
        }),
        discoveryServiceFactory,
      ],
    });
  }

  /** The passwords in the file, by user name. */
  async readPasswords(): Promise<Record<string, string>> {
    const text = await readFile(this.passwordFile, 'utf8');
    const lines = text.split('\n').filter(line => /^[^#]/.test(line));
    return Object.fromEntries(lines.map(line => line.split(/\s+/)));
  }

  /** Calls a route as the portal's own page does. */
  call(method: 'get' | 'post', route: string, cookie = ''): request.Test {
    return this.callBare(method, route)
      .set('x-requested-with', 'XMLHttpRequest')
      .set('cookie', cookie);
  }

  /** Calls a route as a page of another site could. */
  callBare(method: 'get' | 'post', route: string): request.Test {
    if (!this.#backend) {
      throw new Error('Start a backend first');
    }
    return request(this.#backend.server)[method](`/api/auth${route}`);
  }

  login(username: string, password: string): request.Test {
    return this.call('post', '/local/login').send({ username, password });
  }

  /** Signs in and returns the cookie that a browser would send from then on. */
  async open(username: string, password: string): Promise<string> {
    const response = await this.login(username, password).expect(200);
    return readCookie(response);
  }

  /** Moves the end of all waits to where a test needs it, so that none depends on how fast it runs. */
  async endWaitsIn(seconds: number): Promise<void> {
    await this.#knex('local_attempts')
      .where('key', 'like', '%-waits:%')
      .update({ expire: Date.now() + seconds * 1000 });
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
    await rm(this.#directory, { recursive: true });
  }
}

/** The name and value of the one cookie that a response sets. */
export function readCookie(response: request.Response): string {
  const [cookie] = response.get('Set-Cookie') ?? [];
  return cookie?.split(';')[0] ?? '';
}
