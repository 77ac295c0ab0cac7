import type { JsonObject } from '@backstage/types';

/** What a database may take of its server. `none`: as much as the server has. */
export interface Limits {
  /** Connections at once. */
  connections: number | 'none';
  statementTimeoutMs: number | 'none';
  idleInTransactionTimeoutMs: number | 'none';
  /** Memory of one sort or hash, in kB. */
  workMemoryKb: number | 'none';
}

export const LIMITS = [
  'connections',
  'statementTimeoutMs',
  'idleInTransactionTimeoutMs',
  'workMemoryKb',
] as const satisfies ReadonlyArray<keyof Limits>;

export const SIZES = ['small', 'medium', 'large', 'unlimited'] as const;
export type Size = (typeof SIZES)[number];

/**
 * The limits of each size. They are chosen, not measured, from this:
 *
 * - Connections: a release beside the one it replaces, each with the ten connections that most pools open when nobody says otherwise, fit into
 *   `small`; `medium` and `large` are for two and five instances of a service.
 * - Statements: 30 seconds are longer than any request that a person waits for; `large` is for reports.
 * - Transactions left open: they keep locks, and the server from cleaning up, for everybody. Idle for a minute, one is forgotten; `large`
 *   leaves room for work on other systems in between.
 * - Memory: PostgreSQL's default of 4 MB, doubled with each size. With all connections in use, `small` takes 80 MB, `medium` 320 MB, `large` 1.6 GB.
 */
export const LIMITS_OF_SIZES: Record<Size, Limits> = {
  small: {
    connections: 20,
    statementTimeoutMs: 30_000,
    idleInTransactionTimeoutMs: 60_000,
    workMemoryKb: 4_096,
  },
  medium: {
    connections: 40,
    statementTimeoutMs: 60_000,
    idleInTransactionTimeoutMs: 60_000,
    workMemoryKb: 8_192,
  },
  large: {
    connections: 100,
    statementTimeoutMs: 300_000,
    idleInTransactionTimeoutMs: 300_000,
    workMemoryKb: 16_384,
  },
  unlimited: {
    connections: 'none',
    statementTimeoutMs: 'none',
    idleInTransactionTimeoutMs: 'none',
    workMemoryKb: 'none',
  },
};

/** What can be asked for about limits: a size, and what is different from it. */
export type AskedLimits = { size: Size } & {
  [limit in keyof Limits]?: number;
};

export function limitsOf(asked: AskedLimits): Limits {
  const given = LIMITS.flatMap(limit =>
    asked[limit] === undefined ? [] : [[limit, asked[limit]] as const],
  );
  return { ...LIMITS_OF_SIZES[asked.size], ...Object.fromEntries(given) };
}

/** How to ask for limits that are there: by the given size where that can be, else by the smallest that can. */
export function askFor(limits: Limits, size: Size): AskedLimits {
  const fitting = [size, ...SIZES].find(each =>
    LIMITS.every(
      limit =>
        limits[limit] !== 'none' || LIMITS_OF_SIZES[each][limit] === 'none',
    ),
  );
  const chosen = fitting ?? 'unlimited';
  const different = LIMITS.flatMap(limit => {
    const value = limits[limit];
    return value === 'none' || value === LIMITS_OF_SIZES[chosen][limit]
      ? []
      : [[limit, value] as const];
  });
  return { size: chosen, ...Object.fromEntries(different) };
}

/** Reads limits among what was observed. */
export function observedLimits(attributes: JsonObject): Limits {
  const read = (limit: keyof Limits): number | 'none' => {
    const value = attributes[limit];
    return typeof value === 'number' ? value : 'none';
  };
  return {
    connections: read('connections'),
    statementTimeoutMs: read('statementTimeoutMs'),
    idleInTransactionTimeoutMs: read('idleInTransactionTimeoutMs'),
    workMemoryKb: read('workMemoryKb'),
  };
}
