import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  createRunKind,
  type Forge,
  type RunKind,
  type StepContext,
} from '@slipway/plugin-platform-node';
import {
  type MoveInput,
  moveInput,
  MOVE_OWNERSHIP_RUN_KIND,
} from './moveInput';
import { OwnedThings } from './OwnedThings';
import type { OwnerStore } from './OwnerStore';
import { EntityFiles } from './EntityFiles';
import { Rights } from './Rights';
import type { Asked, Found, Moved } from './types';

/** What the steps of a move work with. */
export interface MoveDependencies {
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  auth: AuthService;
  forge: Forge;
  store: OwnerStore;
}

/**
 * Entities go to another team, as a run: the entity files by merge requests, who may push, and what the platform keeps by team, until the catalog
 * says the new owner. Nothing has moved before all of that is ready to be merged. Those concerned have agreed before.
 */
export function createMoveRunKind(dependencies: MoveDependencies): RunKind {
  const things = new OwnedThings(dependencies);
  const rights = new Rights(dependencies);
  const files = new EntityFiles(dependencies);
  type Context = StepContext<MoveInput>;
  const askedOf = (context: Context) =>
    context.output<{ asked: Asked[] }>('propose').asked;

  return createRunKind({
    id: MOVE_OWNERSHIP_RUN_KIND,
    version: 1,
    input: moveInput,
    title: ({ title }) => title,
    plan: async ({ entities }) =>
      entities.map(({ entityRef, to }) => ({
        action: 'change' as const,
        what: `owner of ${entityRef}`,
        detail: `to ${to}`,
      })),
    steps: [
      {
        id: 'find',
        title: 'Find what says who owns it',
        execute: async ({ input }: Context) => ({
          ...(await things.find(input.entities)),
        }),
      },
      {
        id: 'propose',
        title: 'Propose the new owner in the entity files',
        execute: async context => ({
          ...(await files.propose(context, context.output<Found>('find'))),
        }),
        undo: context => files.close(context),
      },
      {
        id: 'check',
        title: 'Wait until that is green',
        execute: context => files.waitForGreen(context, askedOf(context)),
      },
      {
        id: 'rights',
        title: 'Move what the platform keeps by team',
        execute: async context => {
          const moved = await rights.move(context.output<Found>('find'));
          moved.touched.forEach(context.log);
          return { ...moved };
        },
        async undo(context) {
          await rights.moveBack(context.output<Found>('find'));
        },
      },
      {
        id: 'merge',
        title: 'Merge it',
        execute: async context => ({
          ...(await files.merge(context, askedOf(context))),
        }),
      },
      {
        id: 'confirm',
        title: 'Wait until the catalog says so',
        execute: async context => {
          const wait = await things.waitForOwners(context);
          if (wait) {
            return wait;
          }
          return {
            touched: ['rights', 'merge'].flatMap(
              step => context.output<Moved>(step).touched,
            ),
          };
        },
      },
    ],
  });
}
