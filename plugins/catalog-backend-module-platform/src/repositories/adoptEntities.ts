import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  INGESTION_PROBLEM_ANNOTATION,
  isServiceType,
  REPOSITORY_ANNOTATION,
  SERVICE_ANNOTATION,
  type Repository,
} from '@slipway/plugin-platform-common';

/** What a repository may declare; people, teams and systems are the organisation's to declare. */
const KINDS = ['Component', 'API', 'Resource'];

/**
 * Takes the entities that a repository may declare, marked with where they come from and owned by the
 * repository's team where they name no owner. The others are refused, each with the reason.
 */
export async function adoptEntities(
  repository: Repository,
  entities: Entity[],
  isRepository: (name: string) => Promise<boolean>,
): Promise<{ adopted: Entity[]; refused: string[] }> {
  const adopted = new Map<string, Entity>();
  const refused: string[] = [];
  for (const entity of entities) {
    const { kind, metadata } = entity;
    const label = `${kind} ${metadata.name}`;
    const ref = stringifyEntityRef(entity);
    if (!KINDS.includes(kind)) {
      refused.push(
        `${label} is left out, because a repository declares ${KINDS.join(', ')} and nothing else.`,
      );
    } else if (
      metadata.name !== repository.name &&
      (await isRepository(metadata.name))
    ) {
      refused.push(
        `${label} is left out, because the name belongs to another repository. Choose another one, for example "${repository.name}-${kind.toLowerCase()}".`,
      );
    } else if (adopted.has(ref)) {
      refused.push(`${label} is declared twice; the first one counts.`);
    } else {
      adopted.set(ref, mark(entity, repository));
    }
  }
  return { adopted: [...adopted.values()], refused };
}

function mark(entity: Entity, repository: Repository): Entity {
  const { metadata, spec } = entity;
  const {
    [SERVICE_ANNOTATION]: _claimed,
    [INGESTION_PROBLEM_ANNOTATION]: _problem,
    ...annotations
  } = metadata.annotations ?? {};
  // Only the component of the repository's own name is what the platform builds and deploys from it.
  const isService =
    entity.kind === 'Component' &&
    isServiceType(spec?.type) &&
    metadata.name === repository.name;
  const location = `url:${repository.webUrl}`;
  return {
    ...entity,
    metadata: {
      ...metadata,
      annotations: {
        ...annotations,
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_SOURCE_LOCATION]: location,
        [ANNOTATION_VIEW_URL]: repository.webUrl,
        [REPOSITORY_ANNOTATION]: repository.name,
        ...(isService && { [SERVICE_ANNOTATION]: repository.name }),
      },
    },
    spec: { ...spec, owner: spec?.owner ?? repository.owner },
  };
}
