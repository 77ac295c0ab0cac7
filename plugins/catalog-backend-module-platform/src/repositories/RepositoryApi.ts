import type { PlatformApi } from '@slipway/plugin-platform-common';

/** The part of the platform that tells about repositories. */
export type RepositoryApi = Pick<
  PlatformApi,
  'listRepositories' | 'getRepository' | 'getFile' | 'listCommits'
>;
