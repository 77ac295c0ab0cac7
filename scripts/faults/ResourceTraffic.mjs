import { setTimeout as sleep } from 'node:timers/promises';
import { AnyReplica } from './AnyReplica.mjs';
import { OWNER } from './people.mjs';

/** What is done about a run that has failed. */
const AFTER_A_FAILURE = { retry: 8, leave: 1 };
/** One that made something may be taken back as well. */
const AFTER_A_FAILED_START = { retry: 6, undo: 3, leave: 1 };
/** A run that fails for good is not retried for ever. */
const MAX_ACTIONS = 4;
const POLL_MS = 100;

/**
 * People who ask for resources, give them new credentials, change, destroy, restore and purge them: one life of a resource after the
 * other, several side by side, of every type that there is.
 */
export class ResourceTraffic {
  #cluster;
  #random;
  #replicas;
  #options;
  #active = true;
  #started = 0;
  #lives = new Set();

  /**
   * @param {{ cluster: import('./Cluster.mjs').Cluster, random: import('./Random.mjs').Random, lives: number, types: string[] }} options -
   *   `lives`: how many resources live side by side; `types`: of which types they are, in turn
   */
  constructor(options) {
    this.#options = options;
    this.#cluster = options.cluster;
    this.#random = options.random;
    this.#replicas = new AnyReplica(options.cluster, options.random);
  }

  /** Answers nobody expected. */
  get surprises() {
    return this.#replicas.surprises;
  }

  /** Keeps lives going until {@link calm}. */
  begin() {
    for (let life = 0; life < this.#options.lives; life += 1) this.#follow();
  }

  /** Begins nothing more, and waits for the runs that are under way. */
  async calm() {
    this.#active = false;
    await Promise.allSettled(this.#lives);
  }

  #follow() {
    const life = this.#liveAndDie().finally(() => {
      this.#lives.delete(life);
      if (this.#active) this.#follow();
    });
    this.#lives.add(life);
    life.catch(() => {});
  }

  async #liveAndDie() {
    this.#started += 1;
    const { types } = this.#options;
    const type = types[this.#started % types.length];
    const name = `life-${this.#started}`;
    const random = this.#random;
    const made = await this.#perform(name, 'provision-resource', {
      ...{ type, name, environment: 'dev', owner: OWNER },
    });
    const resourceId = made?.output?.resourceId;
    if (!resourceId) return;
    const acts = [
      ...(random.chance(0.8) ? ['rotate'] : []),
      ...(random.chance(0.3) ? ['reconcile'] : []),
      ...(random.chance(0.3) ? ['rotate'] : []),
      ...(random.chance(0.3) ? ['destroy', 'restore'] : []),
      ...(random.chance(0.7) ? ['destroy'] : []),
    ];
    if (acts.at(-1) === 'destroy' && random.chance(0.6)) acts.push('purge');
    for (const [index, act] of acts.entries()) {
      if (!this.#active) return;
      const run = await this.#perform(`${name}-${index}`, `${act}-resource`, {
        resourceId,
      });
      if (run?.state !== 'succeeded') return;
    }
  }

  /** Starts a run, and sees it to its end; `undefined` where it was refused. */
  async #perform(idempotencyKey, kind, input) {
    const started = await this.#replicas.insist(
      '/runs',
      { body: { kind, input }, idempotencyKey },
      [409],
    );
    if (!started) return undefined;
    for (let actions = 0; ; actions += 1) {
      const state = await this.#end(started.id);
      if (!['failed', 'cancelled'].includes(state) || !this.#active) break;
      const action = this.#random.weighted(
        kind === 'provision-resource' ? AFTER_A_FAILED_START : AFTER_A_FAILURE,
      );
      if (actions === MAX_ACTIONS || action === 'leave') break;
      await this.#replicas.insist(
        `/runs/${started.id}/${action}`,
        { body: {} },
        [409],
      );
    }
    return await this.#replicas.insist(`/runs/${started.id}`, {});
  }

  async #end(runId) {
    for (;;) {
      const [run] = await this.#cluster.query(
        `SELECT state FROM runs WHERE id = $1 AND state IN ('succeeded', 'failed', 'cancelled', 'undone')`,
        [runId],
      );
      if (run) return run.state;
      if (this.#cluster.isStopping) throw new Error('The test is over.');
      await sleep(POLL_MS);
    }
  }
}
