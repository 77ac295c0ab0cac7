import type { Repository } from '@slipway/plugin-platform-common';
import type { DatabaseRepositoryStore } from './DatabaseRepositoryStore';
import type { RepositoryReader } from './RepositoryReader';
import type { RepositoryStorage } from './RepositoryStorage';
import { DEFAULT_BRANCH, type RepositoryRow } from './types';

/** The repositories there are, as everybody outside of the forge sees them. */
export class Repositories {
  readonly reader: RepositoryReader;
  readonly #store: DatabaseRepositoryStore;
  readonly #storage: RepositoryStorage;
  readonly #cloneBaseUrl: string;
  readonly #portalUrl: string;

  constructor(options: {
    store: DatabaseRepositoryStore;
    storage: RepositoryStorage;
    reader: RepositoryReader;
    /** Where the backend is reached. */
    backendUrl: string;
    /** Where people look at the portal. */
    portalUrl: string;
  }) {
    this.reader = options.reader;
    this.#store = options.store;
    this.#storage = options.storage;
    this.#cloneBaseUrl = `${options.backendUrl}/git`;
    this.#portalUrl = options.portalUrl;
  }

  async find(name: string): Promise<Repository | undefined> {
    const row = await this.#store.find(name);
    return row && this.describe(row);
  }

  async list(): Promise<Repository[]> {
    const rows = await this.#store.list();
    return Promise.all(rows.map(row => this.describe(row)));
  }

  row(name: string): Promise<RepositoryRow | undefined> {
    return this.#store.find(name);
  }

  rows(): Promise<RepositoryRow[]> {
    return this.#store.list();
  }

  directoryOf(name: string): string {
    return this.#storage.directoryOf(name);
  }

  /** The page that shows the pipelines of the service in the repository. */
  pipelinesUrl(name: string): string {
    return `${this.#portalUrl}/catalog/default/component/${name}/pipelines`;
  }

  /** The page of a merge request; without a number, where one is opened. */
  mergeRequestUrl(name: string, number: number | 'new'): string {
    return `${this.#portalUrl}/repositories/${name}/merge-requests/${number}`;
  }

  /** Whether its default branch takes merges only. */
  async protect(row: RepositoryRow, isProtected: boolean): Promise<Repository> {
    await this.#store.protect(row.id, isProtected);
    return this.describe({ ...row, isProtected });
  }

  /** Answers whether there is such a repository. */
  setOwner(name: string, owner: string): Promise<boolean> {
    return this.#store.setOwner(name, owner);
  }

  cloneUrl(name: string): string {
    return `${this.#cloneBaseUrl}/${name}.git`;
  }

  async describe(row: RepositoryRow): Promise<Repository> {
    return {
      name: row.name,
      description: row.description,
      owner: row.owner,
      defaultBranch: DEFAULT_BRANCH,
      cloneUrl: this.cloneUrl(row.name),
      webUrl: `${this.#portalUrl}/repositories/${row.name}`,
      createdAt: row.createdAt,
      isProtected: row.isProtected,
      head: await this.reader.head(row.name),
    };
  }
}
