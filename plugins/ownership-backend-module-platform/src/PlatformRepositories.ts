import type { AuthService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import type {
  RepositoryFacts,
  RepositoryReader,
} from '@slipway/plugin-ownership-node';
import type { PlatformApi } from '@slipway/plugin-platform-common';
import { platformToken } from './platformToken';

/** Where forges look for the file, in their order. */
const CODEOWNERS = [
  'CODEOWNERS',
  '.gitlab/CODEOWNERS',
  '.github/CODEOWNERS',
  'docs/CODEOWNERS',
];
/** How many commits count as the latest. */
const LATEST = 100;

/** Reads the repositories that the platform keeps. */
export class PlatformRepositories implements RepositoryReader {
  readonly #platform: Pick<
    PlatformApi,
    'getRepository' | 'getFile' | 'listCommits'
  >;
  readonly #auth: AuthService;

  constructor(options: {
    platform: Pick<PlatformApi, 'getRepository' | 'getFile' | 'listCommits'>;
    auth: AuthService;
  }) {
    this.#platform = options.platform;
    this.#auth = options.auth;
  }

  async read(name: string): Promise<RepositoryFacts | undefined> {
    const options = await platformToken(this.#auth);
    const repository = await orNothing(
      this.#platform.getRepository(name, options),
    );
    const sha = repository?.head?.sha;
    if (!sha) {
      return undefined;
    }
    const commits = await this.#platform.listCommits(name, sha, {
      ...options,
      limit: LATEST,
    });
    for (const path of CODEOWNERS) {
      const file = await orNothing(
        this.#platform.getFile(name, sha, path, options),
      );
      if (file?.text !== undefined) {
        return { codeowners: file.text, authors: commits.map(authorOf) };
      }
    }
    return { authors: commits.map(authorOf) };
  }
}

function authorOf({ authorEmail }: { authorEmail: string }): string {
  return authorEmail;
}

/** `undefined` where the platform answers that there is no such thing. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (
      isError(error) &&
      isError(error.cause) &&
      error.cause.name === 'NotFoundError'
    ) {
      return undefined;
    }
    throw error;
  }
}
