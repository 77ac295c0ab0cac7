import type { AuthService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  type Entity,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  REPOSITORY_ANNOTATION,
  RESOURCE_ANNOTATION,
  SERVICE_ANNOTATION,
} from '@slipway/plugin-platform-common';
import {
  type Forge,
  OperationFailedError,
  type StepContext,
  type Wait,
} from '@slipway/plugin-platform-node';
import { lookAgain } from './lookAgain';
import type { MoveInput } from './moveInput';
import type { OwnerStore } from './OwnerStore';
import type { Found, FoundRepository, FoundResource, Going } from './types';

/** Finds out in the catalog where it is written who owns what. */
export class OwnedThings {
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly #auth: AuthService;
  readonly #forge: Pick<Forge, 'findRepository'>;
  readonly #store: OwnerStore;

  constructor(options: {
    catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
    auth: AuthService;
    forge: Pick<Forge, 'findRepository'>;
    store: OwnerStore;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#forge = options.forge;
    this.#store = options.store;
  }

  /** Throws `OperationFailedError` that names what people have to change by hand, or what is gone. */
  async find(going: Going[]): Promise<Found> {
    const entities = await this.#read(going);
    const repositories = new Map<string, FoundRepository>();
    const resources: FoundResource[] = [];
    const byHand: string[] = [];
    for (const [index, one] of going.entries()) {
      const entity = entities[index];
      if (!entity) {
        throw new OperationFailedError({
          message: `${one.entityRef} is not in the catalog any more.`,
          hint: 'Offer the others anew, without it.',
        });
      }
      const { annotations = {} } = entity.metadata;
      const id = annotations[RESOURCE_ANNOTATION];
      const from = id && (await this.#store.ownerOfResource(id));
      if (id && from) {
        resources.push({ ...one, id, from });
      } else if (annotations[REPOSITORY_ANNOTATION]) {
        await this.#add(repositories, one, annotations);
      } else if (!isOwnedBy(entity, one.to)) {
        byHand.push(
          `${one.entityRef} in ${annotations[ANNOTATION_LOCATION] ?? 'its file'}`,
        );
      }
    }
    if (byHand.length > 0) {
      throw new OperationFailedError({
        message: `No repository of the portal has the entity file of ${byHand.join(', ')}.`,
        hint: 'Change spec.owner there by hand, and accept the transfer again.',
      });
    }
    return { repositories: [...repositories.values()], resources };
  }

  /** `undefined` once the catalog says that everything has its new owner. */
  async waitForOwners(
    context: StepContext<MoveInput>,
  ): Promise<Wait | undefined> {
    const going = context.input.entities;
    const entities = await this.#read(going);
    const late = going.filter(({ to }, index) => {
      const entity = entities[index];
      return entity && !isOwnedBy(entity, to);
    });
    return late.length === 0
      ? undefined
      : lookAgain(
          context,
          `the catalog to read the new owner of ${late[0].entityRef}`,
          'See on its page whether its file can be read, mend that, and retry this run.',
        );
  }

  async #add(
    repositories: Map<string, FoundRepository>,
    going: Going,
    annotations: Record<string, string>,
  ): Promise<void> {
    const name = annotations[REPOSITORY_ANNOTATION];
    const key = `${name} ${going.to}`;
    const found = repositories.get(key) ?? {
      name,
      to: going.to,
      entities: [],
    };
    found.entities.push(going);
    // Who may push follows the service that is built from there.
    if (annotations[SERVICE_ANNOTATION] === name) {
      found.from = (await this.#forge.findRepository(name))?.owner;
    }
    repositories.set(key, found);
  }

  async #read(going: Going[]): Promise<Array<Entity | undefined>> {
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: going.map(({ entityRef }) => entityRef),
        fields: ['kind', 'metadata', 'relations'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}

function isOwnedBy({ relations = [] }: Entity, owner: string): boolean {
  return relations.some(
    ({ type, targetRef }) => type === RELATION_OWNED_BY && targetRef === owner,
  );
}
