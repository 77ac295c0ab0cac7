import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  checkCodeowners,
  type Codeowners,
  defaultRuleFor,
} from '../codeowners';
import {
  fullReference,
  type OwnershipDirectory,
  referenceOfOwner,
} from '../directory';
import { deriveRoles } from './deriveRoles';
import { mostActiveGroup } from './mostActiveGroup';
import { resolveOwner } from './resolveOwner';
import type {
  OwnerCandidate,
  OwnerSource,
  Ownership,
  OwnershipProblem,
  RepositoryActivity,
} from './types';

/** All that is known of who owns an entity. */
export interface OwnershipSources {
  entity: Entity;
  /** The system that the entity is part of. */
  system?: Entity;
  /** That of its repository. */
  codeowners?: Codeowners;
  /** Where the entity is in its repository: `services/payments`. The root where left out. */
  folder?: string;
  activity?: readonly RepositoryActivity[];
  directory: OwnershipDirectory;
  /** The names of all on-call rotations. */
  rotations?: ReadonlySet<string>;
}

/** What an owner that is named goes before: who inherits, and who happens to work there. */
const SUGGESTS: readonly OwnerSource[] = ['system', 'activity'];

const SAYS: Record<OwnerSource, string> = {
  entity: 'the entity',
  system: 'its system',
  codeowners: 'CODEOWNERS',
  activity: 'the activity on its repository',
};

/**
 * Who owns an entity: the first of the entity itself, its system, the `CODEOWNERS` of its repository and the activity there that
 * names a group. Owners that aren't there are skipped and reported; so is a person, unless there is one group to take instead.
 * Sources that disagree are reported, but for a system and for activity where something else names an owner: these are only what is inherited, and who
 * happens to work there. So is a `CODEOWNERS` that contradicts itself.
 */
export function deriveOwnership(sources: OwnershipSources): Ownership {
  const { entity, system, directory, rotations = new Set() } = sources;
  const problems: OwnershipProblem[] = [];
  const candidates = [
    fromSpec(sources, 'entity', problems),
    fromSpec(sources, 'system', problems),
    fromCodeowners(sources, problems),
    mostActiveGroup(sources.activity ?? [], directory),
  ].filter(one => one !== undefined);
  const [chosen] = candidates;
  const systemRef = system && stringifyEntityRef(system);
  const conflict = explainConflict(candidates);
  if (conflict) {
    problems.push(conflict);
  }
  const group = chosen && directory.groups.get(chosen.owner);
  const found = deriveRoles(
    [
      { annotations: entity.metadata.annotations ?? {} },
      {
        annotations: system?.metadata.annotations ?? {},
        inheritedFrom: systemRef,
      },
      {
        annotations: group?.annotations ?? {},
        inheritedFrom: chosen?.owner,
      },
    ],
    directory,
    rotations,
  );
  return {
    entityRef: stringifyEntityRef(entity),
    ...(chosen && { owner: chosen.owner, source: chosen.source }),
    ...(chosen?.source === 'system' && { inheritedFrom: systemRef }),
    roles: found.roles,
    candidates,
    problems: [...problems, ...found.problems],
  };
}

function fromSpec(
  sources: OwnershipSources,
  source: 'entity' | 'system',
  problems: OwnershipProblem[],
): OwnerCandidate | undefined {
  const entity = sources[source];
  const written = entity?.spec?.owner;
  if (!entity || typeof written !== 'string' || written.trim() === '') {
    return undefined;
  }
  const where =
    source === 'entity'
      ? 'The entity'
      : `The system ${stringifyEntityRef(entity)}`;
  const { owner, problem } = resolveOwner(
    fullReference(written, 'group'),
    written,
    { source, where },
    sources.directory,
  );
  if (problem) {
    problems.push(problem);
  }
  return owner === undefined
    ? undefined
    : { source, owner, evidence: `${where} names ${written} as its owner.` };
}

function fromCodeowners(
  { codeowners, folder, directory }: OwnershipSources,
  problems: OwnershipProblem[],
): OwnerCandidate | undefined {
  const rule = codeowners && defaultRuleFor(codeowners, folder);
  if (!rule) {
    return undefined;
  }
  problems.push(...contradictionsIn(codeowners));
  const where = `CODEOWNERS, line ${rule.line},`;
  const resolved = rule.owners.map(written => ({
    written,
    ...resolveOwner(
      referenceOfOwner(written, directory),
      written,
      { source: 'codeowners', where },
      directory,
    ),
  }));
  problems.push(...resolved.flatMap(({ problem }) => problem ?? []));
  // A team that is named counts before one that a person stands for.
  const best =
    resolved.find(({ owner, problem }) => owner && !problem) ??
    resolved.find(({ owner }) => owner);
  return best?.owner === undefined
    ? undefined
    : {
        source: 'codeowners',
        owner: best.owner,
        evidence: `${where} gives ${rule.pattern} to ${best.written}.`,
      };
}

/** Whether its owners are known is looked at where they count. */
function contradictionsIn(codeowners: Codeowners): OwnershipProblem[] {
  return checkCodeowners(codeowners, () => true).map(({ line, message }) => ({
    code: 'sources-disagree',
    source: 'codeowners',
    message: `CODEOWNERS, line ${line}: ${message}`,
  }));
}

function explainConflict(
  candidates: readonly OwnerCandidate[],
): OwnershipProblem | undefined {
  const [chosen] = candidates;
  const speaking = candidates.filter(
    one => one === chosen || !SUGGESTS.includes(one.source),
  );
  const others = speaking.filter(({ owner }) => owner !== chosen.owner);
  return others.length === 0
    ? undefined
    : {
        code: 'sources-disagree',
        message: `The owner is ${chosen.owner} by ${SAYS[chosen.source]}, but ${others.map(({ owner, source }) => `${owner} by ${SAYS[source]}`).join(' and ')}. Make them say the same.`,
      };
}
