import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Longer than a lease and the sweep after it. */
const FREEZE_MS = 13_000;
/** How long the steps that take a while go on; a strike inside of one comes anywhere in it. */
const INSIDE_MS = { jobs: 1_500, start: 800 };
const SHORT_STEP_MS = 40;

/** The steps of the built-in kinds, in order. */
const steps = {
  'create-service': ['repository', 'pipeline', 'serve'],
  pipeline: ['check', 'jobs', 'hand-over'],
  deploy: [
    'prepare',
    'resources',
    'start',
    'smoke',
    'shift',
    'switch',
    'bake',
    'retire',
    'settle',
  ],
  'remove-preview': ['take-down', 'resources', 'forget'],
};

/** Every place to strike at, by kind: as a step begins, in the middle of it, and as its end is stored. */
export const positions = {
  ...Object.fromEntries(
    Object.entries(steps).map(([kind, ids]) => [kind, momentsOf(kind, ids)]),
  ),
  /** Taking back a service of which there is no more than a repository and a pipeline. */
  undo: momentsOf('create-service', ['undo:repository']),
};

function momentsOf(kind, ids) {
  return ids.flatMap(step =>
    ['begin', 'inside', 'end'].map(moment => ({ kind, step, moment })),
  );
}

/**
 * Strikes at the backend of a whole portal: at the positions that are armed, each once.
 */
export class PositionStriker {
  #portal;
  #random;
  #admin;
  #armed = [];
  #pending = new Set();

  /**
   * @param {import('../lib/Portal.mjs').Portal} portal
   * @param {import('./Random.mjs').Random} random
   */
  constructor(portal, random) {
    this.#portal = portal;
    this.#random = random;
  }

  /** Every strike, in order. @type {Array<{ fault: string, position: string, at: number }>} */
  strikes = [];

  async begin() {
    this.#admin = new pg.Client({
      ...this.#portal.postgres,
      database: 'postgres',
      application_name: 'faults',
    });
    await this.#admin.connect();
  }

  async end() {
    this.#armed = [];
    await this.idle();
    await this.#admin?.end();
    this.#admin = undefined;
  }

  /** Strikes the next time that a run comes by at one of these. */
  arm(...more) {
    this.#armed.push(...more);
  }

  /** Forgets where no run came by. */
  disarm() {
    this.#armed = [];
  }

  /** Waits until whatever was begun is over: what was frozen goes on. */
  async idle() {
    while (this.#pending.size > 0) await Promise.allSettled(this.#pending);
  }

  /** @param {{ subject: string, kind: string, item: string, before: string, after: string }} change */
  changed({ subject, kind, item, after }) {
    if (subject !== 'run_steps') return;
    const index = this.#armed.findIndex(
      position =>
        position.kind === kind &&
        position.step === item &&
        after === (position.moment === 'end' ? 'succeeded' : 'running'),
    );
    if (index < 0) return;
    const [position] = this.#armed.splice(index, 1);
    const delayMs =
      position.moment === 'inside'
        ? this.#random.between(5, INSIDE_MS[item] ?? SHORT_STEP_MS)
        : 0;
    const work = this.#strike(position, delayMs).finally(() =>
      this.#pending.delete(work),
    );
    this.#pending.add(work);
    work.catch(() => {});
  }

  async #strike({ kind, step, moment }, delayMs) {
    const fault = this.#random.weighted({ kill: 80, freeze: 8, cut: 12 });
    if (delayMs > 0) await sleep(delayMs);
    const pid = this.#portal.pids.backend;
    this.strikes.push({
      fault,
      position: `${moment} of ${kind} ${step}`,
      at: Date.now(),
    });
    if (fault === 'kill') {
      process.kill(pid, 'SIGKILL');
    } else if (fault === 'freeze') {
      process.kill(pid, 'SIGSTOP');
      await sleep(FREEZE_MS);
      process.kill(pid, 'SIGCONT');
    } else {
      await this.#admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = 'backstage_plugin_platform' AND application_name <> 'faults'`,
      );
    }
  }
}
