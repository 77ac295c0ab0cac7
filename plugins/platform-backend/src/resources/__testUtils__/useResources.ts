import type { TestDatabases } from '@backstage/backend-test-utils';
import { platformDatabase } from '../../__testUtils__/engine';
import { type StartedResources, startResources } from './startResources';

/** Resources on a database of their own for each test; others started on the same database stop with the test as well. */
export function useResources(databases: TestDatabases) {
  const started: StartedResources[] = [];
  let platform: StartedResources;

  beforeEach(async () => {
    platform = await startResources(await platformDatabase(databases));
    started.push(platform);
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map(each => each.stop()));
  });

  return {
    platform: () => platform,
    /** Another backend on the same database and the same things. */
    beside: async (options: Parameters<typeof startResources>[1] = {}) => {
      const { knex, test } = platform;
      const other = await startResources(knex, { test, ...options });
      started.push(other);
      return other;
    },
    /** Stops the backend, and starts another in its place. */
    restart: async (options: Parameters<typeof startResources>[1] = {}) => {
      const { knex, test, stop } = platform;
      await stop();
      started.splice(started.indexOf(platform), 1);
      platform = await startResources(knex, { test, ...options });
      started.push(platform);
      return platform;
    },
  };
}
