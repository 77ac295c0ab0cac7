import type { Entity } from '@backstage/catalog-model';

/** Every state of an import. */
export const IMPORT_STATES = [
  'checked',
  'applying',
  'done',
  'removed',
] as const;

/** How far an import is: nothing is written before somebody applies it. */
export type ImportState = (typeof IMPORT_STATES)[number];

/** What an import does with a row of its. */
export const ROW_OUTCOMES = ['new', 'changed', 'same', 'error'] as const;

/** Whether a row makes an entity, changes one that an import made, finds it as it is, or can't be used. */
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** How many rows an import has. */
export type ImportCounts = Record<RowOutcome, number> & {
  rows: number;
  /** Those that are written in spite of something that is missing. */
  gaps: number;
  written: number;
};

/** Services that existed before and join the catalog. */
export interface Import {
  id: string;
  /** Of the file or folder. */
  name: string;
  source: 'csv' | 'folder';
  state: ImportState;
  counts: ImportCounts;
  /** A user reference. */
  createdBy: string;
  /** ISO 8601 in UTC. */
  createdAt: string;
  /** The user reference of who let it be written. */
  appliedBy?: string;
  /** ISO 8601 in UTC. */
  endedAt?: string;
}

/** One entity of an import. */
export interface ImportRow {
  /** The line in the file, from 1, or the number of the entity in the folder. */
  line: number;
  /** Left out where it can't be told. */
  entityRef?: string;
  /** A group reference. */
  owner?: string;
  outcome: RowOutcome;
  /** Why it can't be used, as sentences. */
  problems: string[];
  /** What is missing and becomes a work item, as sentences. */
  gaps: string[];
}

/** Which rows are wanted. */
export interface ImportRowFilter {
  /** Left out: those with problems or gaps. */
  outcome?: RowOutcome;
  cursor?: string;
  limit?: number;
}

/** A repository of a folder, as far as it says who owns what. */
export interface ImportedRepository {
  /** The name of its folder. */
  name: string;
  remoteUrl?: string;
  /** The text of its `catalog-info.yaml`. */
  catalogFile?: string;
  /** The text of its `CODEOWNERS`. */
  codeowners?: string;
}

/** A folder of repositories. */
export interface ImportedFolder {
  name: string;
  repositories: ImportedRepository[];
}

/** What the catalog doesn't have yet as imports made it. */
export interface PendingEntity {
  entityRef: string;
  /** Counts its changes. */
  version: number;
  /** Left out where it is to be removed. */
  entity?: Entity;
}
