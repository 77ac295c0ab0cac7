import type { Page, RequestOptions } from '@slipway/plugin-platform-common';
import type {
  BlastRadius,
  DependencyGraph,
  EntityFilter,
  EntityOwnership,
  Finding,
  FindingFilter,
  HistoryEntry,
  Import,
  ImportedFolder,
  ImportRow,
  ImportRowFilter,
  Leaver,
  OwnedEntity,
  OwnershipCoverage,
  PendingEntity,
  RotationDetail,
  RotationList,
  SwapRequest,
  TeamDetail,
  TeamSummary,
  Transfer,
  TransferFilter,
  TransferOffer,
} from '../api';

/** Where a page begins, and how long it is. */
export interface Paging {
  cursor?: string;
  limit?: number;
}

/** Everything that the ownership backend can be asked. A reference may be shortened where its kind is clear. */
export interface OwnershipApi {
  /** Also of what is gone. */
  getEntity(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<EntityOwnership>;
  listEntities(
    filter: EntityFilter,
    options?: RequestOptions,
  ): Promise<Page<OwnedEntity>>;
  getCoverage(options?: RequestOptions): Promise<OwnershipCoverage>;
  /** The newest first. */
  getHistory(
    entityRef: string,
    paging?: Paging,
    options?: RequestOptions,
  ): Promise<Page<HistoryEntry>>;
  getBlastRadius(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<BlastRadius>;
  /** @param depth - how many steps each way, from 1 to 5; 1 where left out */
  getDependencies(
    entityRef: string,
    depth?: number,
    options?: RequestOptions,
  ): Promise<DependencyGraph>;

  /** The gravest first, then the newest. */
  listFindings(
    filter: FindingFilter,
    options?: RequestOptions,
  ): Promise<Page<Finding>>;
  /** @param assignee - a user reference; left out, nobody looks after it any more */
  assignFinding(
    id: string,
    assignee?: string,
    options?: RequestOptions,
  ): Promise<Finding>;
  snoozeFinding(
    request: {
      id: string;
      /** ISO 8601 with an offset, or a day: its begin in UTC. */
      until: string;
      reason: string;
    },
    options?: RequestOptions,
  ): Promise<Finding>;
  wakeFinding(id: string, options?: RequestOptions): Promise<Finding>;

  /** @param q - beginnings of words of its name or title */
  listTeams(q?: string, options?: RequestOptions): Promise<TeamSummary[]>;
  getTeam(team: string, options?: RequestOptions): Promise<TeamDetail>;

  listRotations(
    filter: { team?: string },
    options?: RequestOptions,
  ): Promise<RotationList>;
  getRotation(name: string, options?: RequestOptions): Promise<RotationDetail>;
  /** Answers the rotation with the swap. */
  swapShift(
    name: string,
    swap: SwapRequest,
    options?: RequestOptions,
  ): Promise<RotationDetail>;

  /**
   * Checks a file of comma-separated values, and writes nothing yet.
   *
   * @param name - of the file
   * @param body - its UTF-8
   */
  importCsv(
    name: string,
    body: Uint8Array | Blob,
    options?: RequestOptions,
  ): Promise<Import>;
  /** Checks what repositories of a folder say of themselves, and writes nothing yet. */
  importFolder(
    folder: ImportedFolder,
    options?: RequestOptions,
  ): Promise<Import>;
  /** The newest first. */
  listImports(paging?: Paging, options?: RequestOptions): Promise<Page<Import>>;
  getImport(id: string, options?: RequestOptions): Promise<Import>;
  listImportRows(
    id: string,
    filter?: ImportRowFilter,
    options?: RequestOptions,
  ): Promise<Page<ImportRow>>;
  /** Writes what was checked, and leaves out what can't be used. */
  applyImport(id: string, options?: RequestOptions): Promise<Import>;
  /** Takes the entities from the catalog that an import made. */
  removeImport(id: string, options?: RequestOptions): Promise<Import>;
  /** Of the catalog backend alone: what it doesn't have yet. */
  listPendingEntities(
    limit: number,
    options?: RequestOptions,
  ): Promise<PendingEntity[]>;
  /** Of the catalog backend alone: it has these now. */
  confirmProvided(
    items: ReadonlyArray<Pick<PendingEntity, 'entityRef' | 'version'>>,
    options?: RequestOptions,
  ): Promise<void>;

  /** The latest first. */
  listLeavers(paging?: Paging, options?: RequestOptions): Promise<Page<Leaver>>;
  /** Says of people who are held that they left. For the platform team. */
  confirmLeavers(
    ids: readonly string[],
    options?: RequestOptions,
  ): Promise<Leaver[]>;

  /** The newest first. */
  listTransfers(
    filter: TransferFilter,
    options?: RequestOptions,
  ): Promise<Page<Transfer>>;
  getTransfer(id: string, options?: RequestOptions): Promise<Transfer>;
  offerTransfer(
    offer: TransferOffer,
    options?: RequestOptions,
  ): Promise<Transfer>;
  acceptTransfer(id: string, options?: RequestOptions): Promise<Transfer>;
  declineTransfer(
    id: string,
    reason: string,
    options?: RequestOptions,
  ): Promise<Transfer>;
  withdrawTransfer(
    id: string,
    reason?: string,
    options?: RequestOptions,
  ): Promise<Transfer>;
  undoTransfer(id: string, options?: RequestOptions): Promise<Transfer>;
}
