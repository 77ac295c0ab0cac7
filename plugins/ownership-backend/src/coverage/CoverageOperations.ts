import type { OwnershipCoverage } from '@slipway/plugin-ownership-common';
import type { Asking } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import type { CoverageStore } from './CoverageStore';

const TREND_MS = 89 * 24 * 60 * 60_000;

/** What people ask of how much is owned. */
export class CoverageOperations {
  readonly #access: Access;
  readonly #coverage: CoverageStore;

  constructor(options: { access: Access; coverage: CoverageStore }) {
    this.#access = options.access;
    this.#coverage = options.coverage;
  }

  async get(asking: Asking): Promise<OwnershipCoverage> {
    await this.#access.requireRead(asking);
    const now = new Date();
    const today = dayOf(now);
    const [counts, days, gaps] = await Promise.all([
      this.#coverage.count(),
      this.#coverage.days(dayOf(new Date(now.getTime() - TREND_MS))),
      this.#coverage.gaps(),
    ]);
    const before = days.filter(({ day }) => day < today);
    return { ...counts, trend: [...before, { day: today, ...counts }], gaps };
  }
}

/** The day of a moment, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
