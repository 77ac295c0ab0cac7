import { parseEntityRef } from '@backstage/catalog-model';
import { FINAL_RUN_STATES } from '@slipway/plugin-platform-common';
import type { Knex } from 'knex';

/** How much of a service is with its team. */
export interface MovedCounts {
  resources: number;
  runs: number;
  approvals: number;
}

/** Everything that the platform keeps by team. */
export class OwnerStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The owner of a service; `undefined` where there is no such service. */
  async ownerOfService(name: string): Promise<string | undefined> {
    const row = await this.#knex('services').where({ name }).first('owner');
    return row?.owner;
  }

  /** The owner of a resource; `undefined` where there is no such resource. */
  async ownerOfResource(id: string): Promise<string | undefined> {
    const row = await this.#knex('resources').where({ id }).first('owner');
    return row?.owner;
  }

  /**
   * A service, with what its own score.yaml made, its runs that go on, and the approvals they wait for. Answers how many of each are the new
   * owner's now.
   */
  async moveService(name: string, to: string): Promise<MovedCounts> {
    return this.#knex.transaction(async trx => {
      const from: string =
        (await trx('services').where({ name }).first('owner'))?.owner ?? to;
      await trx('services').where({ name }).update({ owner: to });
      await moveResources(trx, to, { service: name });
      await runsUnderWay(trx, name)
        .where({ owner: from })
        .update({ owner: to });
      await reroute(trx, { service: name, from, to });
      return {
        resources: await count(
          trx('resources').where({ service: name, owner: to }),
        ),
        runs: await count(runsUnderWay(trx, name).where({ owner: to })),
        approvals: await count(
          openApprovals(trx, name).whereRaw('? = ANY (approvers)', [to]),
        ),
      };
    });
  }

  async moveResource(id: string, to: string): Promise<void> {
    await moveResources(this.#knex, to, { id });
  }
}

/** They are announced anew, so that the catalog hears of it. */
function moveResources(
  knex: Knex,
  to: string,
  which: { id: string } | { service: string },
): Promise<number> {
  return knex('resources')
    .where(which)
    .whereNot({ owner: to })
    .update({
      owner: to,
      version: knex.raw('version + 1'),
      changed_at: knex.raw('clock_timestamp()'),
    });
}

function runsUnderWay(knex: Knex, service: string): Knex.QueryBuilder {
  return knex('runs')
    .where({ service })
    .whereNotIn('state', [...FINAL_RUN_STATES]);
}

function openApprovals(knex: Knex, service: string): Knex.QueryBuilder {
  return knex('run_waits')
    .where({ kind: 'approval', state: 'open' })
    .whereIn('run_id', knex('runs').where({ service }).select('id'));
}

/** Whom the old team's people were to approve, the new team's are; they are told. */
async function reroute(
  knex: Knex,
  { service, from, to }: { service: string; from: string; to: string },
): Promise<void> {
  const [before, after] = [from, to].map(ref => parseEntityRef(ref).name);
  await openApprovals(knex, service)
    .whereRaw('? = ANY (approvers)', [from])
    .update({
      approvers: knex.raw('array_replace(approvers, ?, ?)', [from, to]),
      approvers_text: knex.raw(`regexp_replace(approvers_text, ?, ?, 'gi')`, [
        `\\m${before}\\M`,
        after,
      ]),
      announced: false,
    });
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [{ count: found }] = await query.count();
  return Number(found);
}
