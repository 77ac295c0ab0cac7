import { NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';

/** A service as the platform knows it: what its repository said at the last push. */
export interface StoredService {
  name: string;
  owner: string;
  description: string;
  repository: string;
}

/** Where the services live that the platform has seen a push for. */
export class ServiceStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async save(service: StoredService): Promise<void> {
    await this.#knex('services').insert(service).onConflict('name').merge();
  }

  /** Forgets a service; nothing happens where there is none. What it did stays as history. */
  async forget(name: string): Promise<void> {
    await this.#knex('services').where({ name }).delete();
  }

  async list(owners?: string[]): Promise<StoredService[]> {
    const query = this.#knex<StoredService>('services').orderBy('name');
    if (owners) {
      query.whereIn('owner', owners);
    }
    return (await query.select(
      'name',
      'owner',
      'description',
      'repository',
    )) as StoredService[];
  }

  async find(name: string): Promise<StoredService | undefined> {
    return this.#knex('services')
      .where({ name })
      .first<StoredService | undefined>(
        'name',
        'owner',
        'description',
        'repository',
      );
  }

  /** Throws `NotFoundError` where there is no such service. */
  async get(name: string): Promise<StoredService> {
    const service = await this.find(name);
    if (!service) {
      throw new NotFoundError(
        `There is no service "${name}" yet. A service appears with the first push to its repository.`,
      );
    }
    return service;
  }
}
