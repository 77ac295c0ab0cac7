import { NotFoundError } from '@backstage/errors';
import type { PlannedCommits, Release } from '@slipway/plugin-platform-common';
import type { Forge } from '@slipway/plugin-platform-node';
import type { ServiceStore } from '../services';

/** How many are named. */
const LIMIT = 20;

/** What going from one release to another brings, or takes back where the other is older; `undefined` where nothing is known of it. */
export async function plannedCommits(
  {
    forge,
    services,
  }: {
    forge: Pick<Forge, 'commitsBetween'>;
    services: Pick<ServiceStore, 'find'>;
  },
  from: Release,
  to: Release,
): Promise<PlannedCommits | undefined> {
  const repository = (await services.find(to.service))?.repository;
  if (!repository || from.commit.sha === to.commit.sha) {
    return undefined;
  }
  const between = (one: Release, other: Release) =>
    forge.commitsBetween(repository, {
      from: one.commit.sha,
      to: other.commit.sha,
      limit: LIMIT,
    });
  try {
    const forward = await between(from, to);
    return forward.total > 0
      ? { direction: 'forward', repository, ...forward }
      : { direction: 'back', repository, ...(await between(to, from)) };
  } catch (error) {
    // The history was rewritten: the plan does without.
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}
