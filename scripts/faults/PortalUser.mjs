import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { git } from '../bench/lib/plainScript.mjs';
import { PortalSession } from '../bench/lib/PortalSession.mjs';
import { until200 } from '../bench/lib/serviceTraffic.mjs';

const LIMIT_MS = 300_000;

/** A person who creates services and pushes to them, and tries again where the portal doesn't answer. */
export class PortalUser {
  #portal;
  #folder;
  #query;

  /**
   * @param {{ portal: import('../lib/Portal.mjs').Portal, folder: string, query: (sql: string, values?: unknown[]) => Promise<any[]> }} options -
   *   `query` asks the platform's database; `folder` is for clones
   */
  constructor(options) {
    this.#portal = options.portal;
    this.#folder = options.folder;
    this.#query = options.query;
    this.session = new PortalSession(options.portal);
  }

  /** Where a service answers in the first environment. */
  addressOf(service) {
    const port = this.#portal.routerPort;
    return { port, host: `${service}-dev.localhost:${port}` };
  }

  /** Submits the wizard, and waits until the service's run is there. */
  async createService(name) {
    await this.#insist(() => this.session.createService(name));
    await this.#until(async () => {
      const runs = await this.#query(
        `SELECT state FROM runs WHERE kind = 'create-service' AND service = $1`,
        [name],
      );
      return runs.some(({ state }) => state === 'succeeded');
    }, `the run that creates ${name} to succeed`);
  }

  /** Cancels the creation of a service while its pipeline runs, and takes back what it did; `false` where it was faster. */
  async createAndUndo(name) {
    await this.#insist(() => this.session.createService(name));
    let run;
    await this.#until(async () => {
      [run] = await this.#query(
        `SELECT r.id FROM runs r JOIN run_steps s ON s.run_id = r.id
         WHERE r.kind = 'create-service' AND r.service = $1 AND s.step_id = 'pipeline' AND s.state IN ('waiting', 'running')`,
        [name],
      );
      return run !== undefined;
    }, `${name} to have a repository`);
    await this.#insist(() =>
      this.session.call(`/platform/runs/${run.id}/cancel`, {}),
    );
    const state = await this.#untilState(run.id, ['cancelled', 'succeeded']);
    if (state === 'succeeded') return false;
    await this.#insist(() =>
      this.session.call(`/platform/runs/${run.id}/undo`, {}),
    );
    await this.#untilState(run.id, ['undone']);
    return true;
  }

  /** A clone to push from. */
  async clone(service) {
    // Under a new name each time: the answer to one that was made may have got lost.
    const { token } = await this.#insist(() =>
      this.session.call('/platform/access-tokens', { name: randomUUID() }),
    );
    const url = new URL(`${this.#portal.url}/git/${service}.git`);
    url.username = 'mara';
    url.password = token;
    await git(this.#folder, 'clone', '--quiet', url.href, service);
    return path.join(this.#folder, service);
  }

  /** Pushes another greeting, and waits until it is served and everything about it has ended. */
  async push(clone, service, before, next) {
    for (const name of ['src/app.js', 'test/app.test.js']) {
      const file = path.join(clone, name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll(before, next));
    }
    await git(clone, 'commit', '--quiet', '--all', '--message', next);
    await this.#insist(() => git(clone, 'push', '--quiet'));
    const { stdout } = await git(clone, 'rev-parse', 'HEAD');
    await this.#until(async () => {
      const rows = await this.#query(
        `SELECT 1 FROM pipelines p JOIN releases r ON r.pipeline_id = p.id JOIN deployments d ON d.release_id = r.id
         WHERE p.sha = $1 AND d.state IN ('serving', 'failed', 'cancelled')`,
        [stdout.trim()],
      );
      return rows.length > 0 && (await this.countOpen()) === 0;
    }, `push "${next}" to be deployed`);
    await until200(this.addressOf(service), `${next} ${service}`);
  }

  /** The two newest releases that have served where everything comes first. */
  servedReleases(service) {
    return this.#query(
      `SELECT DISTINCT r.id, r.number FROM releases r JOIN deployments d ON d.release_id = r.id
       WHERE r.service = $1 AND d.environment = 'dev' AND d.served_at IS NOT NULL ORDER BY r.number DESC LIMIT 2`,
      [service],
    );
  }

  /** Brings a release somewhere, and waits until that has ended. */
  async deploy(service, environment, releaseId) {
    await this.#act(`/platform/services/${service}/deployments`, {
      environment,
      releaseId,
    });
  }

  async rollBack(service, environment, releaseId) {
    await this.#act(`/platform/services/${service}/rollbacks`, {
      environment,
      releaseId,
    });
  }

  /** Pushes what is there as another branch, and waits until that is green. */
  async pushBranch(clone, branch) {
    await git(clone, 'checkout', '--quiet', '-B', branch);
    await git(clone, 'commit', '--quiet', '--allow-empty', '-m', branch);
    await this.#insist(() => git(clone, 'push', '--quiet', 'origin', branch));
    await git(clone, 'checkout', '--quiet', 'main');
    await this.#until(async () => {
      const rows = await this.#query(
        `SELECT 1 FROM pipelines WHERE branch = $1 AND state = 'succeeded'`,
        [branch],
      );
      return rows.length > 0 && (await this.countOpen()) === 0;
    }, `branch ${branch} to be green`);
  }

  /** Gives a branch a preview, and waits until it shows the branch. */
  async preview(service, branch) {
    await this.#insist(() =>
      this.session.call('/platform/previews', { service, branch }),
    );
    await this.#until(async () => {
      const rows = await this.#query(
        `SELECT 1 FROM previews p JOIN deployments d ON d.environment = p.base || 'preview' || p.number
         WHERE p.branch = $1 AND d.state = 'serving'`,
        [branch],
      );
      return rows.length > 0 && (await this.countOpen()) === 0;
    }, `the preview of ${branch}`);
  }

  /** Deletes a branch, and waits until nothing of its preview is left. */
  async deleteBranch(clone, service, branch) {
    await this.#insist(async () => {
      await git(clone, 'push', '--quiet', 'origin', '--delete', branch).catch(
        error => {
          // The answer to the deletion got lost.
          if (!/remote ref does not exist/.test(error.stderr)) throw error;
        },
      );
    });
    await this.#until(async () => {
      const rows = await this.#query(
        `SELECT 1 FROM previews WHERE service = $1 AND branch = $2 AND state = 'removed'`,
        [service, branch],
      );
      return rows.length > 0 && (await this.countOpen()) === 0;
    }, `the preview of ${branch} to be gone`);
  }

  /** Asks for a run, the same one however often the answer gets lost, and waits until nothing is under way. */
  async #act(where, body) {
    const key = randomUUID();
    await this.#insist(() => this.session.call(where, body, key));
    await this.#until(
      async () => (await this.countOpen()) === 0,
      `${where} to have ended`,
    );
  }

  /** How many runs have neither ended nor are only planned. */
  async countOpen() {
    const [{ open }] = await this.#query(
      `SELECT count(*)::integer AS open FROM runs
       WHERE state NOT IN ('succeeded', 'failed', 'cancelled', 'undone', 'planned')`,
    );
    return open;
  }

  async #untilState(id, states) {
    await this.#until(
      async () => {
        const [{ state }] = await this.#query(
          'SELECT state FROM runs WHERE id = $1',
          [id],
        );
        return states.includes(state);
      },
      `run ${id} to be ${states.join(' or ')}`,
    );
  }

  async #insist(work) {
    const deadline = performance.now() + LIMIT_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        // What was asked before, and whose answer got lost, is under way or done.
        if (/ answered 409: /.test(error.message)) return undefined;
        if (performance.now() > deadline) throw error;
        await sleep(500);
      }
    }
  }

  async #until(check, what) {
    const deadline = performance.now() + LIMIT_MS;
    while (!(await check())) {
      if (performance.now() > deadline) {
        throw new Error(`Waited ${LIMIT_MS / 1000} s in vain for ${what}.`);
      }
      await sleep(100);
    }
  }
}
