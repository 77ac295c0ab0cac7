import type { Entity } from '@backstage/catalog-model';
import {
  defaultRuleFor,
  type ImportedFolder,
  type ImportedRepository,
  type OwnershipDirectory,
  parseCodeowners,
  referenceOfOwner,
} from '@slipway/plugin-ownership-common';
import { parseCatalogFile } from '@slipway/plugin-ownership-node';
import { type Draft, draftOf, IMPORTED_KINDS, UNOWNED } from './drafts';

/**
 * What the repositories of a folder are: what their catalog files say, a component of its name of what has none. Who owns it is what the file says,
 * or else `CODEOWNERS`.
 */
export function* readFolder(
  { repositories }: ImportedFolder,
  directory: OwnershipDirectory,
): Generator<Draft> {
  let line = 0;
  for (const repository of repositories) {
    for (const draft of readRepository(repository, directory)) {
      line += 1;
      yield { ...draft, line };
    }
  }
}

function readRepository(
  repository: ImportedRepository,
  directory: OwnershipDirectory,
): Draft[] {
  const { name, catalogFile, remoteUrl } = repository;
  const owner = ownerOf(repository, directory);
  if (catalogFile === undefined) {
    const draft = draftOf(0, {
      name,
      owner,
      repository: webAddressOf(remoteUrl),
    });
    return [
      {
        ...draft,
        gaps: [`${name} has no catalog-info.yaml.`, ...draft.gaps],
      },
    ];
  }
  const { entities, problem } = parseCatalogFile(catalogFile);
  return entities
    ? entities.map(entity => adopt(name, entity, owner))
    : [refuse(`catalog-info.yaml of ${name}, ${problem}`)];
}

function adopt(
  repository: string,
  entity: Entity,
  owner: string | undefined,
): Draft {
  const { kind, metadata, spec } = entity;
  if (!IMPORTED_KINDS.includes(kind)) {
    return refuse(
      `catalog-info.yaml of ${repository} declares ${kind} ${metadata.name}, and an import makes ${IMPORTED_KINDS.join(', ')} only. Push the repository to the portal instead.`,
    );
  }
  const written = textOf(spec?.owner) || owner;
  const draft = draftOf(0, {
    name: metadata.name,
    kind,
    owner: written,
    type: textOf(spec?.type),
  });
  if (!draft.entity) {
    return draft;
  }
  const { annotations = {}, ...rest } = metadata;
  return {
    ...draft,
    entity: {
      apiVersion: draft.entity.apiVersion,
      kind,
      metadata: {
        ...rest,
        namespace: 'default',
        annotations: Object.fromEntries(
          // Where it comes from is not for the file to say.
          Object.entries(annotations).filter(
            ([key]) => !key.startsWith('backstage.io/'),
          ),
        ),
      },
      spec: {
        ...draft.entity.spec,
        ...spec,
        owner: draft.entity.spec?.owner ?? UNOWNED,
      },
    },
  };
}

function refuse(problem: string): Draft {
  return { line: 0, problems: [problem], gaps: [] };
}

function ownerOf(
  { codeowners }: ImportedRepository,
  directory: OwnershipDirectory,
): string | undefined {
  const rule =
    codeowners === undefined
      ? undefined
      : defaultRuleFor(parseCodeowners(codeowners, 'gitlab'));
  return rule?.owners
    .map(written => referenceOfOwner(written, directory))
    .find(ref => ref?.startsWith('group:'));
}

/** `https://host/org/name` of what git calls `git@host:org/name.git` too. */
function webAddressOf(remoteUrl: string | undefined): string | undefined {
  const url = remoteUrl
    ?.replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .replace(/\.git$/, '');
  return url && /^https?:/.test(url) && URL.canParse(url)
    ? // Whoever cloned it may have written a password into it.
      Object.assign(new URL(url), { username: '', password: '' }).href
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
