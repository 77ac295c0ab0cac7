import { InputError, NotFoundError } from '@backstage/errors';
import {
  type EntityFilter,
  type EntityOwnership,
  type HistoryEntry,
  type OnCallAccounts,
  onCallLinks,
  type OwnedEntity,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import type { Asking } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import type { FindingReads } from '../findings';
import type { HistoryStore } from '../history';
import { entityReference, groupReference } from '../http';
import type { OnCallService } from '../onCall';
import { OWNED_KINDS } from '../projection';
import { type EntityRow, type EntityStore, toOwnedEntity } from './EntityStore';

/** What people ask of entities, over HTTP and as actions alike. */
export class EntityOperations {
  readonly #access: Access;
  readonly #entities: EntityStore;
  readonly #findings: FindingReads;
  readonly #history: HistoryStore;
  readonly #onCall: OnCallService;
  readonly #accounts: OnCallAccounts;

  constructor(options: {
    access: Access;
    entities: EntityStore;
    findingReads: FindingReads;
    history: HistoryStore;
    onCall: OnCallService;
    accounts: OnCallAccounts;
  }) {
    this.#access = options.access;
    this.#entities = options.entities;
    this.#findings = options.findingReads;
    this.#history = options.history;
    this.#onCall = options.onCall;
    this.#accounts = options.accounts;
  }

  async get(asking: Asking, text: string): Promise<EntityOwnership> {
    await this.#access.requireRead(asking);
    const row = await this.#require(text);
    const { ownership, annotations } = row;
    const [onCall, findings, transferId] = await Promise.all([
      this.#onCall.ofEntity(ownership, new Date()),
      this.#findings.ofEntity(row.entity_ref),
      this.#entities.transferOf(row.entity_ref),
    ]);
    return {
      ...toOwnedEntity(row),
      roles: ownership.roles,
      candidates: ownership.candidates,
      problems: ownership.problems,
      onCall,
      findings,
      links: onCallLinks(annotations, this.#accounts),
      transferId,
      changedAt: row.changed_at.toISOString(),
    };
  }

  async list(
    asking: Asking,
    { owner, kind, ...filter }: EntityFilter & { limit: number },
  ): Promise<Page<OwnedEntity>> {
    await this.#access.requireRead(asking);
    return this.#entities.list({
      ...filter,
      owner: ownerOf(owner),
      kind: kind && kindOf(kind),
    });
  }

  async history(
    asking: Asking,
    text: string,
    paging: { cursor?: string; limit: number },
  ): Promise<Page<HistoryEntry>> {
    await this.#access.requireRead(asking);
    const { entity_ref: entityRef } = await this.#require(text);
    return this.#history.list(entityRef, paging);
  }

  async #require(text: string): Promise<EntityRow> {
    const ref = entityReference(text, 'ref');
    const row = await this.#entities.find(ref);
    if (!row) {
      throw new NotFoundError(
        `Nothing is known of ${ref}. Look for it in the list of entities.`,
      );
    }
    return row;
  }
}

/** `none` asks for what nobody owns. */
export function ownerOf(text: string | undefined): string | null | undefined {
  if (text === 'none') {
    return null;
  }
  return text === undefined ? undefined : groupReference(text, 'owner');
}

function kindOf(text: string): string {
  const kind = OWNED_KINDS.find(
    one => one.toLowerCase() === text.toLowerCase(),
  );
  if (!kind) {
    throw new InputError(
      `kind: "${text}" is nothing that is owned. Use one of ${OWNED_KINDS.join(', ')}.`,
    );
  }
  return kind;
}
