import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Longer than a lease and the sweep after it, so that the frozen one is certainly taken over. */
const FREEZE_MS = { least: 12_500, most: 16_000 };
/** The longest a strike inside of a step waits after the step began. */
const INSIDE_MS = 1_200;

/**
 * Strikes at backends: kills, freezes them, and cuts their connections, just when they have changed a state or are in the middle of a step.
 * What was struck least so far is struck first.
 */
export class Striker {
  #cluster;
  #random;
  #options;
  #admin;
  #nextAt = 0;
  #busy = false;
  #active = false;
  #timer;
  /** @type {Map<string, number>} */
  #seen = new Map();
  #pending = new Set();

  /**
   * @param {{ cluster: import('./Cluster.mjs').Cluster, random: import('./Random.mjs').Random, kills: number, gapMs: number, weights: Record<'kill' | 'freeze' | 'cut' | 'stop', number> }} options -
   *   `gapMs`: between two strikes, on average
   */
  constructor(options) {
    this.#options = options;
    this.#cluster = options.cluster;
    this.#random = options.random;
  }

  /** Every strike, in order. @type {Array<{ fault: string, backend: string, position: string, at: number }>} */
  strikes = [];

  /** How many strikes there were, by fault. */
  count(fault) {
    return this.strikes.filter(strike => strike.fault === fault).length;
  }

  get isDone() {
    return this.count('kill') >= this.#options.kills;
  }

  async begin() {
    this.#admin = new pg.Client({
      ...this.#cluster.connection('postgres'),
      application_name: 'faults',
    });
    await this.#admin.connect();
    this.#active = true;
    this.#timer = setInterval(() => this.#anyMoment(), 50);
  }

  /** Strikes no more, and brings everything back that is down or frozen. */
  async end() {
    this.#active = false;
    clearInterval(this.#timer);
    this.#cluster.replicas.forEach(replica => replica.thaw());
    await Promise.allSettled(this.#pending);
    await this.#admin.end();
  }

  /**
   * Something happened in a backend: may strike there.
   *
   * @param {string} backend
   * @param {string} position - what happened, in few words
   * @param {{ inside?: boolean }} [options] - inside of a step, anywhere in the next while
   */
  happened(backend, position, { inside = false } = {}) {
    if (!this.#seen.has(position)) this.#seen.set(position, 0);
    if (!this.#active || this.#busy || performance.now() < this.#nextAt) return;
    const replica = this.#cluster.replicas.find(({ name }) => name === backend);
    if (replica?.state !== 'ready' || this.isDone) return;
    const times = this.#seen.get(position);
    // First whatever was struck less than others; if nothing of that kind comes, anything.
    const isRare = times <= this.strikes.length / this.#seen.size;
    const isPatient = performance.now() < this.#nextAt + this.#options.gapMs;
    if (!isRare && isPatient) return;
    const delayMs =
      inside && this.#random.chance(0.6)
        ? this.#random.between(0, INSIDE_MS)
        : 0;
    this.#aim(replica, position, delayMs);
  }

  /** Where nothing is reported there is still something going on, such as a transaction that has not ended. */
  #anyMoment() {
    const ready = this.#cluster.replicas.filter(
      ({ state }) => state === 'ready',
    );
    const isTime = performance.now() > this.#nextAt + 2 * this.#options.gapMs;
    if (isTime && !this.#busy && !this.isDone && ready.length > 0) {
      this.#aim(this.#random.pick(ready), 'any moment', 0);
    }
  }

  #aim(replica, position, delayMs) {
    this.#busy = true;
    this.#seen.set(position, (this.#seen.get(position) ?? 0) + 1);
    this.#follow(
      (delayMs ? sleep(delayMs) : Promise.resolve())
        .then(() => this.#strike(replica, position))
        .finally(() => {
          this.#busy = false;
        }),
    );
  }

  async #strike(replica, position) {
    if (replica.state !== 'ready' || !this.#active) return;
    const fault = this.#random.weighted(this.#options.weights);
    this.#nextAt =
      performance.now() + this.#random.next() * 2 * this.#options.gapMs;
    this.strikes.push({
      fault,
      backend: replica.name,
      position,
      at: Date.now(),
    });
    await this[`_${fault}`](replica);
  }

  async _kill(replica) {
    await replica.kill();
    this.#startLater(replica);
  }

  async _stop(replica) {
    await replica.stop();
    this.#startLater(replica);
  }

  async _freeze(replica) {
    replica.freeze();
    const milliseconds = this.#random.between(FREEZE_MS.least, FREEZE_MS.most);
    if (this.#random.chance(0.3)) await this._cut(replica);
    this.#follow(sleep(milliseconds).then(() => replica.thaw()));
  }

  /** Ends all connections of a backend, or one of them. */
  async _cut(replica) {
    const one = this.#random.chance(0.4) ? 'ORDER BY random() LIMIT 1' : '';
    await this.#admin.query(
      `SELECT pg_terminate_backend(pid) FROM
       (SELECT pid FROM pg_stat_activity WHERE application_name = $1 ${one}) AS connections`,
      [replica.name],
    );
  }

  /** Mostly at once; at times so late that others have to take over. */
  #startLater(replica) {
    const waitMs = this.#random.chance(0.15)
      ? this.#random.between(8_000, 14_000)
      : this.#random.between(0, 500);
    this.#follow(
      sleep(this.#active ? waitMs : 0).then(() => startAgain(replica)),
    );
  }

  /** Remembers work that goes on, so that the end can wait for it. */
  #follow(work) {
    const followed = work.finally(() => this.#pending.delete(followed));
    this.#pending.add(followed);
    followed.catch(() => {});
  }
}

async function startAgain(replica) {
  if (replica.state === 'down') await replica.start();
}
