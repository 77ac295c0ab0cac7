import { createHash } from 'node:crypto';
import type { AuthService } from '@backstage/backend-plugin-api';
import {
  type Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type EntityEdit,
  type MergeRequest,
  REPOSITORY_ANNOTATION,
} from '@slipway/plugin-platform-common';
import type { Asking, Forge } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import { fieldsOf } from './entityChanges';
import { ENTITY_FILE } from './EntityFiles';
import { withFields } from './withFields';

/** Changes of entities that people ask for in the portal: each is a merge request, which their team reviews. */
export class EntityEdits {
  readonly #access: Access;
  readonly #auth: AuthService;
  readonly #catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly #forge: Forge;

  constructor(options: {
    access: Access;
    auth: AuthService;
    catalog: Pick<CatalogService, 'getEntityByRef'>;
    forge: Forge;
  }) {
    this.#access = options.access;
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#forge = options.forge;
  }

  /**
   * Opens a merge request; the same change asked for again while that is open is the same merge request. Throws `NotAllowedError` for those who
   * don't belong to the owner, `NotFoundError` where there is no such entity, `InputError` where its file is in no repository, or says so already.
   */
  async propose(
    asking: Asking,
    { entityRef, changes }: EntityEdit,
  ): Promise<MergeRequest> {
    const caller = await this.#access.requireOperator(asking);
    const entity = await this.#find(entityRef);
    const owners = (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_OWNED_BY)
      .map(({ targetRef }) => targetRef);
    if (
      owners.length > 0 &&
      !owners.some(owner => caller.ownershipRefs.includes(owner))
    ) {
      throw new NotAllowedError(
        `${entityRef} belongs to ${owners.join(', ')}. Only members of it can change it; ask one of them.`,
      );
    }
    const name = repositoryOf(entity);
    const repository = name && (await this.#forge.findRepository(name));
    const head = repository && repository.head?.sha;
    const text = head && (await this.#forge.readFile(name, head, ENTITY_FILE));
    if (!text) {
      throw new InputError(
        `entityRef: the file of ${entityRef} is in no repository of the portal. Change it where it is.`,
      );
    }
    const fields = fieldsOf(changes);
    const changed = withFields(text, entityRef, fields);
    if (changed === text) {
      throw new InputError(
        'changes: the entity file says all of that already. Change something.',
      );
    }
    return this.#forge.proposeChange({
      repository: name,
      branch: `${prefixOf(entityRef)}${digestOf(`${head} ${changed}`)}`,
      title: `Change ${fields.map(field => field.name).join(', ')} of ${parseEntityRef(entityRef).name}`,
      description: 'Asked for in the portal.',
      author: caller.userRef,
      files: [{ path: ENTITY_FILE, text: changed }],
    });
  }

  /** Those of an entity that aren't merged or closed yet. */
  async pending(asking: Asking, entityRef: string): Promise<MergeRequest[]> {
    await this.#access.requireRead(asking);
    const name = repositoryOf(await this.#find(entityRef));
    const open = await this.#forge.openMergeRequests();
    return open.filter(
      ({ repository, sourceBranch }) =>
        repository === name && sourceBranch.startsWith(prefixOf(entityRef)),
    );
  }

  async #find(entityRef: string): Promise<Entity> {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      throw new NotFoundError(`The catalog has no ${entityRef}.`);
    }
    return entity;
  }
}

function repositoryOf({ metadata }: Entity): string | undefined {
  return metadata.annotations?.[REPOSITORY_ANNOTATION];
}

/** What the branches of an entity's changes begin with. */
function prefixOf(entityRef: string): string {
  const { kind, name } = parseEntityRef(entityRef);
  return `edit-${kind}-${name}-`;
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
