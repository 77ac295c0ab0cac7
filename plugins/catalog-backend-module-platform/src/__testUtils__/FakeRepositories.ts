import type {
  CommitSummary,
  FileContent,
  Repository,
} from '@slipway/plugin-platform-common';
import type { RepositoryApi } from '../repositories/RepositoryApi';
import { notFound } from './notFound';

type Files = Record<string, string>;

/** Repositories in memory, and a switch that takes the platform down. */
export class FakeRepositories implements RepositoryApi {
  isDown = false;
  /** Repositories whose files can't be read for now. */
  readonly failing = new Set<string>();
  /** How many answers it gave or refused. */
  calls = 0;
  readonly #repositories = new Map<
    string,
    Array<CommitSummary & { files: Files }>
  >();

  /** Adds a commit that replaces all files; creates the repository with the first. */
  commit(name: string, files: Files): void {
    const commits = this.#repositories.get(name) ?? [];
    const sha = `${name}-${commits.length + 1}`;
    commits.unshift({
      sha,
      title: sha,
      authorName: 'Mara',
      authorEmail: 'mara@example.com',
      authoredAt: '2026-01-01T00:00:00.000Z',
      files,
    });
    this.#repositories.set(name, commits);
  }

  delete(name: string): void {
    this.#repositories.delete(name);
  }

  async listRepositories(): Promise<Repository[]> {
    this.#answer();
    return [...this.#repositories.keys()].map(name => this.#describe(name));
  }

  async getRepository(name: string): Promise<Repository> {
    this.#answer();
    if (!this.#repositories.has(name)) {
      throw await notFound();
    }
    return this.#describe(name);
  }

  async listCommits(name: string): Promise<CommitSummary[]> {
    this.#answer();
    return this.#repositories.get(name) ?? [];
  }

  async getFile(name: string, ref: string, path: string): Promise<FileContent> {
    this.#answer();
    if (this.failing.has(name)) {
      throw new Error('connection reset');
    }
    const text = this.#repositories.get(name)?.find(({ sha }) => sha === ref)
      ?.files[path];
    if (text === undefined) {
      throw await notFound();
    }
    return { path, size: text.length, text };
  }

  #answer(): void {
    this.calls += 1;
    if (this.isDown) {
      throw new Error('connection refused');
    }
  }

  #describe(name: string): Repository {
    return {
      name,
      description: '',
      owner: 'group:default/payments',
      defaultBranch: 'main',
      cloneUrl: `http://portal.example.com/git/${name}.git`,
      webUrl: `http://portal.example.com/repositories/${name}`,
      createdAt: '2026-01-01T00:00:00.000Z',
      head: this.#repositories.get(name)?.[0],
    };
  }
}
