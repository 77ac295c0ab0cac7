import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ChangingCatalog } from '../__testUtils__/ChangingCatalog';
import { ownershipDatabase } from '../__testUtils__/database';
import { entity, service } from '../__testUtils__/entities';
import { FakeMover } from '../__testUtils__/FakeMover';
import { OrganisationReads } from '../organisation';
import { createProjection } from '../projection';
import { TransferService } from './TransferService';
import { TransferStore } from './TransferStore';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const SEEDS = [1, 7, 42, 2026];
const STEPS = 40;
const PEOPLE = ['ana', 'ben', 'cleo', 'dara', 'eli'];

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A company in which anything happens. */
class Company {
  readonly catalog = new ChangingCatalog();
  readonly #next: () => number;
  readonly #people = new Map<string, string>();
  readonly #teams: string[] = [];
  readonly #services = new Map<string, string | undefined>();
  #count = 0;

  constructor(seed: number) {
    this.#next = random(seed);
    for (const team of ['red', 'green', 'blue']) {
      this.#addTeam(team);
    }
    PEOPLE.forEach(name => this.#join(name));
    for (let index = 0; index < 6; index += 1) {
      this.import();
    }
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#next() * items.length)];
  }

  get teams(): readonly string[] {
    return this.#teams;
  }

  /** A service may name an owner that isn't there, or none. */
  import(): string[] {
    this.#count += 1;
    return [
      this.own(
        `service-${this.#count}`,
        this.pick([...this.#teams, 'nowhere', undefined]),
      ),
    ];
  }

  own(name: string, owner: string | undefined): string {
    this.#services.set(name, owner);
    this.catalog.put(service(name, owner));
    return `component:default/${name}`;
  }

  remove(): string[] {
    const name = this.pick([...this.#services.keys()]);
    this.#services.delete(name);
    this.catalog.remove(`component:default/${name}`);
    return [`component:default/${name}`];
  }

  leave(): string[] {
    const name = this.pick(PEOPLE);
    this.#people.delete(name);
    this.catalog.remove(`user:default/${name}`);
    return [`user:default/${name}`];
  }

  join(): string[] {
    return [this.#join(this.pick(PEOPLE))];
  }

  /** The group gets another name, and nobody tells those that name it. */
  rename(): string[] {
    const old = this.#teams.shift() ?? 'red';
    this.#count += 1;
    const name = `${old}-${this.#count}`;
    this.catalog.remove(`group:default/${old}`);
    this.#addTeam(name);
    for (const [person, team] of this.#people) {
      if (team === old) {
        this.#put(person, name);
      }
    }
    return [old, name].map(one => `group:default/${one}`);
  }

  #join(name: string): string {
    this.#put(name, this.pick(this.#teams));
    return `user:default/${name}`;
  }

  #put(name: string, team: string): void {
    this.#people.set(name, team);
    this.catalog.put(entity('User', name, { memberOf: [team] }));
  }

  #addTeam(name: string): void {
    this.#teams.push(name);
    // They are one another's parents: the circle must not matter.
    this.catalog.put(
      entity('Group', name, { type: 'team', parent: this.#teams[0] }),
    );
  }
}

async function start(seed: number) {
  const knex = await ownershipDatabase(databases);
  const company = new Company(seed);
  const logger = mockServices.logger.mock();
  const { sync } = createProjection({
    knex,
    auth: mockServices.auth(),
    catalog: company.catalog.service,
    logger,
    directory: '/nowhere',
  });
  const mover = new FakeMover();
  const store = new TransferStore(knex);
  const transfers = new TransferService({
    store,
    organisationReads: new OrganisationReads(knex),
    mover,
    logger,
    onChange: () => {},
  });
  await sync.syncAll();

  /** Somebody of the owner offers, somebody of the other team accepts; refusals are answers too. */
  const transfer = async (): Promise<string[]> => {
    const owned = await store.offerable(
      { owner: `group:default/${company.pick(company.teams)}` },
      3,
    );
    const to = `group:default/${company.pick(company.teams)}`;
    const owner = owned[0]?.owner ?? '';
    const caller = (team: string) => ({
      userRef: `user:default/of-${team.replace(/\W/g, '-')}`,
      ownershipRefs: [team],
    });
    const refs = owned.map(({ entityRef }) => entityRef);
    try {
      const offered = await transfers.offer(caller(owner), {
        which: { refs },
        to,
        reason: 'It fits there.',
      });
      await transfers.accept(caller(to), offered.id);
      refs.forEach(ref =>
        company.own(ref.split('/')[1], to.replace('group:default/', '')),
      );
      await mover.progress.moved(offered.id, refs);
    } catch (error) {
      if (!/^(Input|Conflict|NotAllowed)Error$/.test((error as Error).name)) {
        throw error;
      }
    }
    return refs;
  };
  return { knex, company, sync, transfer };
}

describe('accountability', () => {
  it.each(SEEDS)(
    'is never lost: each entity has one owner with people, or one orphan finding (seed %i)',
    async seed => {
      const { knex, company, sync, transfer } = await start(seed);
      const steps = [
        async () => transfer(),
        async () => company.import(),
        async () => company.remove(),
        async () => company.leave(),
        async () => company.join(),
        async () => company.rename(),
      ];
      for (let step = 0; step < STEPS; step += 1) {
        const changed = await company.pick(steps)();
        // Changes are told one by one, or found when nobody tells.
        await company.pick([() => sync.sync(changed), () => sync.syncAll()])();
        const { rows } = await knex.raw(
          `SELECT e.entity_ref, e.owner,
             (SELECT count(*) FROM members m WHERE m.group_ref = e.owner)::int AS people,
             (SELECT count(*) FROM findings f WHERE f.entity_ref = e.entity_ref AND f.kind = 'orphan' AND f.state <> 'closed')::int AS orphans
           FROM entities e WHERE e.gone_at IS NULL`,
        );
        const wrong = rows.filter(
          ({ people, orphans }: { people: number; orphans: number }) =>
            people > 0 === (orphans === 1),
        );
        expect([step, wrong]).toEqual([step, []]);
      }
      const left = await knex('findings as f')
        .join('entities as e', 'e.entity_ref', 'f.entity_ref')
        .whereNotNull('e.gone_at')
        .whereNot('f.state', 'closed');
      expect(left).toEqual([]);
    },
  );

  it('accepts once, however many try at once', async () => {
    const { knex, company, sync } = await start(3);
    company.own('alpha', 'red');
    company.catalog.put(
      entity('User', 'ana', { memberOf: ['red'] }),
      entity('User', 'ben', { memberOf: ['green'] }),
    );
    await sync.syncAll();
    const store = new TransferStore(knex);
    const transfers = new TransferService({
      store,
      organisationReads: new OrganisationReads(knex),
      logger: mockServices.logger.mock(),
      onChange: () => {},
    });
    const caller = (team: string) => ({
      userRef: 'user:default/x',
      ownershipRefs: [`group:default/${team}`],
    });
    const offers = await Promise.allSettled(
      ['a', 'b', 'c'].map(reason =>
        transfers.offer(caller('red'), {
          which: { refs: ['component:default/alpha'] },
          to: 'group:default/green',
          reason,
        }),
      ),
    );
    const made = offers.flatMap(one =>
      one.status === 'fulfilled' ? [one.value] : [],
    );
    expect(made).toHaveLength(1);
    const ends = await Promise.allSettled([
      transfers.accept(caller('green'), made[0].id),
      transfers.decline(caller('green'), made[0].id, 'No.'),
      transfers.accept(caller('green'), made[0].id),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
