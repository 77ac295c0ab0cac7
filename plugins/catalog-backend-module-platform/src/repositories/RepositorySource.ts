import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DeferredEntity } from '@backstage/plugin-catalog-node';
import {
  REPOSITORY_ANNOTATION,
  REPOSITORY_EVENT_TOPIC,
  type RepositoryEvent,
  type RequestOptions,
} from '@slipway/plugin-platform-common';
import type { EntityReading, EntitySource } from '../EntitySource';
import { isNotFound } from '../isNotFound';
import { readSideBySide } from '../readSideBySide';
import type { RepositoryApi } from './RepositoryApi';
import { RepositoryEntityReader } from './RepositoryEntityReader';

/** What the `catalog-info.yaml` of each repository declares. */
export class RepositorySource implements EntitySource {
  readonly name = 'platform-repositories';
  readonly topic = REPOSITORY_EVENT_TOPIC;
  readonly annotation = REPOSITORY_ANNOTATION;
  readonly #platform: RepositoryApi;
  readonly #reader: RepositoryEntityReader;

  constructor(options: { platform: RepositoryApi; logger: LoggerService }) {
    this.#platform = options.platform;
    this.#reader = new RepositoryEntityReader(options);
  }

  keyOf(eventPayload: unknown): string {
    return (eventPayload as RepositoryEvent).repository;
  }

  async readAll(options: RequestOptions): Promise<EntityReading> {
    const repositories = new Map(
      (await this.#platform.listRepositories(options)).map(repository => [
        repository.name,
        repository,
      ]),
    );
    return readSideBySide(repositories.keys(), async name =>
      this.#reader.read(
        repositories.get(name)!,
        async other => repositories.has(other),
        options,
      ),
    );
  }

  read(names: string[], options: RequestOptions): Promise<EntityReading> {
    return readSideBySide(names, name => this.#readOne(name, options));
  }

  /** Nothing where it is gone. */
  async #readOne(
    name: string,
    options: RequestOptions,
  ): Promise<DeferredEntity[]> {
    try {
      const repository = await this.#platform.getRepository(name, options);
      return await this.#reader.read(
        repository,
        other => this.#isRepository(other, options),
        options,
      );
    } catch (error) {
      if (isNotFound(error)) {
        return [];
      }
      throw error;
    }
  }

  async #isRepository(name: string, options: RequestOptions): Promise<boolean> {
    try {
      await this.#platform.getRepository(name, options);
      return true;
    } catch (error) {
      if (isNotFound(error)) {
        return false;
      }
      throw error;
    }
  }
}
