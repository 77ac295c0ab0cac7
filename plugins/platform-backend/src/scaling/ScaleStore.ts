import type { Knex } from 'knex';

/** A service in an environment. */
export interface Place {
  service: string;
  environment: string;
}

/** A row of `service_scales`. */
export interface ScaleRow extends Place {
  replicas: number | null;
  asleep_since: Date | null;
  woken_at: Date | null;
}

/** What is wanted of services that serve. */
export class ScaleStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get({ service, environment }: Place): Promise<ScaleRow | undefined> {
    return this.#knex<ScaleRow>('service_scales')
      .where({ service, environment })
      .first();
  }

  async forget({ service, environment }: Place): Promise<void> {
    await this.#knex<ScaleRow>('service_scales')
      .where({ service, environment })
      .delete();
  }

  async put(
    { service, environment }: Place,
    change: Partial<Omit<ScaleRow, keyof Place>>,
  ): Promise<void> {
    await this.#knex<ScaleRow>('service_scales')
      .insert({ service, environment, ...change })
      .onConflict(['service', 'environment'])
      .merge(change);
  }
}
