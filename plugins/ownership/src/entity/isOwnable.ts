import type { Entity } from '@backstage/catalog-model';

const OWNED_KINDS = ['component', 'api', 'resource', 'system', 'domain'];

/** Whether somebody has to own an entity. */
export function isOwnable({ kind }: Entity): boolean {
  return OWNED_KINDS.includes(kind.toLocaleLowerCase('en-US'));
}

/** Whether an entity is a group of people. */
export function isGroup({ kind }: Entity): boolean {
  return kind.toLocaleLowerCase('en-US') === 'group';
}
