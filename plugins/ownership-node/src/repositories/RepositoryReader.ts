import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** What a repository says of who owns what is in it. */
export interface RepositoryFacts {
  /** The text of its `CODEOWNERS`; left out where it has none. */
  codeowners?: string;
  /** The email addresses of the authors of its latest commits, one a commit. */
  authors: string[];
}

/** Reads repositories. */
export interface RepositoryReader {
  /** `undefined` where there is no such repository. */
  read(repository: string): Promise<RepositoryFacts | undefined>;
}

/** Where a module says who reads repositories. Without one, only entities say who owns them. */
export interface RepositoryReaderExtensionPoint {
  setReader(reader: RepositoryReader): void;
}

/** See {@link RepositoryReaderExtensionPoint}. */
export const repositoryReaderExtensionPoint =
  createExtensionPoint<RepositoryReaderExtensionPoint>({
    id: 'ownership.repository-reader',
  });
