import {
  CommonValidatorFunctions,
  type Entity,
  KubernetesValidatorFunctions,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { fullReference } from '@slipway/plugin-ownership-common';
import { TIER_ANNOTATION } from '@slipway/plugin-platform-common';

/** What an import may make. */
export const IMPORTED_KINDS = ['Component', 'Resource', 'System'];

/** The owner of what none is named for: the catalog wants one, and nobody is called so. */
export const UNOWNED = 'unowned';

/** The longest description, in characters. */
const LONGEST_DESCRIPTION = 5_000;

/** An entity before it is held against the catalog. */
export interface Draft {
  /** From 1. */
  line: number;
  /** Left out where there are problems. */
  entity?: Entity;
  entityRef?: string;
  /** Why it can't be used. */
  problems: string[];
  /** What is missing. */
  gaps: string[];
}

/** What is known of an entity, as texts; empty where nothing is. */
export interface DraftFields {
  name: string;
  kind?: string;
  type?: string;
  owner?: string;
  system?: string;
  lifecycle?: string;
  description?: string;
  /** A URL. */
  repository?: string;
  /** Separated by spaces. */
  tags?: string;
  /** From 1 to 4. */
  tier?: string;
  /** References, separated by spaces. */
  dependsOn?: string;
}

/** Makes an entity, or says why that can't be. */
export function draftOf(line: number, fields: DraftFields): Draft {
  const kind =
    IMPORTED_KINDS.find(
      one => one.toLowerCase() === (fields.kind || 'component').toLowerCase(),
    ) ?? '';
  const problems = problemsOf(fields, kind);
  if (problems.length > 0) {
    return { line, problems, gaps: [] };
  }
  const { repository, tier, description, type, system, dependsOn } = fields;
  const tags = wordsOf(fields.tags);
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name: fields.name,
      namespace: 'default',
      ...(description && { description }),
      ...(tags.length > 0 && { tags }),
      ...(tier && { annotations: { [TIER_ANNOTATION]: tier } }),
      ...(repository && { links: [{ url: repository, title: 'Repository' }] }),
    },
    spec: {
      ...(kind !== 'System' && { type: type || 'service' }),
      ...(kind === 'Component' && {
        lifecycle: fields.lifecycle || 'production',
      }),
      owner: fields.owner || UNOWNED,
      ...(system && kind !== 'System' && { system }),
      ...(dependsOn &&
        kind !== 'System' && { dependsOn: wordsOf(dependsOn).map(refOf) }),
    },
  };
  return {
    line,
    entity,
    entityRef: stringifyEntityRef(entity),
    problems,
    gaps: [
      ...(fields.owner ? [] : ['No owner is named.']),
      ...(description?.includes('\n')
        ? [
            'description: It has several lines. If that is not meant, a quote is missing.',
          ]
        : []),
    ],
  };
}

function problemsOf(fields: DraftFields, kind: string): string[] {
  const { name, owner, repository, tier } = fields;
  return [
    !KubernetesValidatorFunctions.isValidObjectName(name) &&
      `name: "${name}" can't be one. Use at most 63 letters, digits and -_. between them.`,
    !kind && `kind: "${fields.kind}" is none of ${IMPORTED_KINDS.join(', ')}.`,
    owner &&
      !isReference(owner) &&
      `owner: "${owner}" is no reference of a group. Write its name, such as payments.`,
    (fields.description?.length ?? 0) > LONGEST_DESCRIPTION &&
      `description: it has more than ${LONGEST_DESCRIPTION} characters. Shorten it; or a quote is missing.`,
    repository &&
      !isWebAddress(repository) &&
      `repository: "${repository}" is no address. Write one such as https://git.example.com/orders.`,
    tier && !/^[1-4]$/.test(tier) && `tier: "${tier}" is none of 1, 2, 3, 4.`,
    ...wordsOf(fields.tags).map(
      tag =>
        !CommonValidatorFunctions.isValidTag(tag) &&
        `tags: "${tag}" can't be one. Use lower-case letters, digits and - between them.`,
    ),
    ...wordsOf(fields.dependsOn).map(
      ref =>
        !isReference(refOf(ref)) &&
        `depends_on: "${ref}" is no entity reference. Write component:default/orders.`,
    ),
  ].flatMap(problem => problem || []);
}

/** Whether something can be called so. */
function isReference(text: string): boolean {
  const ref = fullReference(text, 'group');
  return (
    ref !== undefined &&
    Object.values(parseEntityRef(ref)).every(part =>
      KubernetesValidatorFunctions.isValidObjectName(part),
    )
  );
}

/** A name alone is that of a component. */
function refOf(text: string): string {
  return text.includes(':') ? text : `component:${text}`;
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s;,]+/).filter(Boolean);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
