import { createHash } from 'node:crypto';
import {
  fullReference,
  type OwnershipDirectory,
  type RowOutcome,
} from '@slipway/plugin-ownership-common';
import { type Draft, UNOWNED } from './drafts';
import type { ImportedEntityStore } from './ImportedEntityStore';

/** A draft that was held against the catalog, and the rows before it. */
export interface CheckedRow extends Draft {
  outcome: RowOutcome;
  owner?: string;
  hash?: string;
}

/** Holds the drafts of one import against what is there, and against one another. */
export class DraftChecker {
  readonly #entities: Pick<ImportedEntityStore, 'known'>;
  readonly #directory: OwnershipDirectory;
  /** The line of each entity so far. */
  readonly #lines = new Map<string, number>();

  constructor(options: {
    entities: Pick<ImportedEntityStore, 'known'>;
    directory: OwnershipDirectory;
  }) {
    this.#entities = options.entities;
    this.#directory = options.directory;
  }

  async check(drafts: readonly Draft[]): Promise<CheckedRow[]> {
    const refs = drafts.flatMap(({ entityRef }) => entityRef ?? []);
    const known = await this.#entities.known(refs);
    return drafts.map(draft => this.#check(draft, known));
  }

  #check(
    draft: Draft,
    known: Awaited<ReturnType<ImportedEntityStore['known']>>,
  ): CheckedRow {
    const { entity, entityRef, line } = draft;
    if (!entity || !entityRef) {
      return { ...draft, gaps: [], outcome: 'error' };
    }
    const refuse = (problem: string): CheckedRow => ({
      ...draft,
      entity: undefined,
      outcome: 'error',
      gaps: [],
      problems: [problem],
    });
    const before = this.#lines.get(entityRef);
    if (before !== undefined) {
      return refuse(
        `${entityRef} is in line ${before} already. Take one of them out.`,
      );
    }
    this.#lines.set(entityRef, line);
    const hash = createHash('sha256')
      .update(JSON.stringify(entity))
      .digest('base64');
    const there = known.get(entityRef);
    if (there === 'elsewhere') {
      return refuse(
        `${entityRef} is in the catalog already, and not from an import. Take it out here; it is changed where it comes from.`,
      );
    }
    const { owner, gap } = this.#ownerOf(String(entity.spec?.owner));
    return {
      ...draft,
      hash,
      owner,
      outcome: outcomeOf(there?.hash, hash),
      gaps: [...draft.gaps, ...(gap ? [gap] : [])],
    };
  }

  #ownerOf(written: string): { owner?: string; gap?: string } {
    if (written === UNOWNED) {
      return {};
    }
    const owner = fullReference(written, 'group');
    const group = owner && this.#directory.groups.get(owner);
    if (!owner || !group) {
      return {
        gap: this.#directory.users.has(owner ?? '')
          ? `The owner ${owner} is a person. Name a group.`
          : `The owner ${owner ?? written} is not in the catalog.`,
      };
    }
    return group.members.length === 0
      ? { owner, gap: `The owner ${owner} has no members.` }
      : { owner };
  }
}

/** @param before - the hash of what an import made before */
function outcomeOf(before: string | undefined, now: string): RowOutcome {
  if (before === undefined) {
    return 'new';
  }
  return before === now ? 'same' : 'changed';
}
