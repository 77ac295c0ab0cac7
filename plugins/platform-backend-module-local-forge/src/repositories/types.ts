/** The branch that every repository has and that releases come from. */
export const DEFAULT_BRANCH = 'main';

/** A repository as it is stored. */
export interface RepositoryRow {
  id: string;
  name: string;
  description: string;
  owner: string;
  createdBy: string;
  createdAt: string;
  /** The idempotency key it was created under, if any. */
  creationKey?: string;
  /** Whether its default branch takes merges only. */
  isProtected?: boolean;
}
