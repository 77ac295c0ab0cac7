import { setTimeout as sleep } from 'node:timers/promises';
import { AnyReplica } from './AnyReplica.mjs';

/** What is done to a run while it goes on, and once it has failed or was cancelled. */
const WHILE_IT_GOES = { nothing: 80, cancel: 20 };
const AFTER_ITS_END = { nothing: 15, retry: 30, undo: 45, 'give-up': 10 };
/** A run that fails for good is not retried for ever. */
const MAX_ACTIONS = 4;

/**
 * The people and systems around the platform: they start runs, cancel, retry and undo them, decide, send events and call back; more than
 * once, at any replica, and again where there is no answer.
 */
export class Traffic {
  #cluster;
  #random;
  #replicas;
  #options;
  #started = 0;
  #active = true;
  #pending = new Set();
  /** @type {Map<string, number>} */
  #actions = new Map();
  #live = new Set();

  /**
   * @param {{ cluster: import('./Cluster.mjs').Cluster, random: import('./Random.mjs').Random, kinds: Array<{ id: string }>, parallel: number }} options -
   *   `parallel`: how many runs go on at a time
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

  /** The names of the runs that were asked for and that the platform said it has. @type {Map<string, string>} */
  runs = new Map();

  /** Keeps runs coming until {@link calm}. */
  begin() {
    this.#fill();
  }

  /** Starts and disturbs nothing more; what is waited for still comes. */
  async calm() {
    this.#active = false;
    await Promise.allSettled(this.#pending);
  }

  /** Waits for what is still on its way. */
  async idle() {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  /** @param {{ subject: string, run_id: string, item: string, after: string, kind?: string }} change */
  changed(change) {
    if (change.subject === 'run_waits' && change.after === 'open') {
      this.#follow(this.#endWait(change.item));
    }
    if (change.subject !== 'runs') return;
    if (['succeeded', 'undone'].includes(change.after)) {
      this.#ended(change.run_id);
    }
    if (['failed', 'cancelled'].includes(change.after)) {
      this.#follow(this.#react(change.run_id));
    }
  }

  /** A step gave a callback URL away; whoever has it calls, at times twice. */
  callbackTaken(url) {
    this.#follow(this.#callBack(url));
  }

  #fill() {
    while (this.#active && this.#live.size < this.#options.parallel) {
      this.#started += 1;
      const name = `run-${this.#started}`;
      this.#live.add(name);
      this.#follow(this.#start(name));
    }
  }

  async #start(name) {
    const random = this.#random;
    const kind = random.pick(this.#options.kinds).id;
    // Some runs want the same target, and line up.
    const target = random.chance(0.3) ? `shared-${random.between(1, 3)}` : name;
    const approval = random.chance(0.1);
    const next = random.weighted(WHILE_IT_GOES);
    const waitMs = random.between(50, 3_000);
    const run = await this.#replicas.insist('/runs', {
      body: { kind, input: { name, target, approval } },
      idempotencyKey: name,
    });
    this.runs.set(name, run.id);
    if (random.chance(0.1)) {
      // Whoever didn't see the answer asks again, anywhere.
      await this.#replicas.insist('/runs', {
        body: { kind, input: { name, target, approval } },
        idempotencyKey: name,
      });
    }
    if (next === 'cancel') {
      await sleep(waitMs);
      await this.#act(run.id, 'cancel');
    }
  }

  async #react(runId) {
    const actions = this.#actions.get(runId) ?? 0;
    const action = this.#random.weighted(AFTER_ITS_END);
    if (!this.#active || actions >= MAX_ACTIONS || action === 'nothing') {
      this.#ended(runId);
      return;
    }
    this.#actions.set(runId, actions + 1);
    await sleep(this.#random.between(0, 1_500));
    await this.#act(runId, action);
    if (action === 'give-up') this.#ended(runId);
  }

  #ended(runId) {
    for (const name of this.#live) {
      if (this.runs.get(name) === runId) this.#live.delete(name);
    }
    this.#fill();
  }

  /** A run may have gone on meanwhile: then it says so, and that is an answer. */
  async #act(runId, action) {
    await this.#replicas.insist(
      `/runs/${runId}/${action}`,
      { body: {} },
      [403, 409],
    );
  }

  async #endWait(waitId) {
    const random = this.#random;
    const [wait] = await this.#cluster.query(
      `SELECT w.kind, w.event_key, w.id, w.step_id FROM run_waits w WHERE id = $1`,
      [waitId],
    );
    await sleep(random.between(0, 2_500));
    const times = random.weighted({ 1: 7, 2: 2, 3: 1 }) * 1;
    for (let time = 0; time < times; time += 1) {
      if (wait?.kind === 'event') {
        await this.#replicas.insist('/faults/events', {
          body: { key: wait.event_key, payload: { time } },
        });
      } else if (wait?.kind === 'approval') {
        const verdict = random.chance(0.85) ? 'approve' : 'reject';
        await this.#replicas.insist(
          `/approvals/${waitId}/${verdict}`,
          { body: { comment: 'Decided by the fault test.' } },
          [403, 404, 409],
          this.#cluster.approver,
        );
      }
    }
  }

  async #callBack(url) {
    const { pathname, search } = new URL(url);
    await sleep(this.#random.between(0, 2_500));
    const times = this.#random.weighted({ 1: 7, 2: 3 }) * 1;
    for (let time = 0; time < times; time += 1) {
      await this.#replicas.insist(
        pathname.replace('/api/platform', '') + search,
        { body: { time } },
        // Used, or the run was cancelled meanwhile.
        [403, 404, 409],
      );
    }
  }

  #follow(work) {
    const followed = work.finally(() => this.#pending.delete(followed));
    this.#pending.add(followed);
    followed.catch(() => {});
  }
}
