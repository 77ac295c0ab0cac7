import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');

/** What a scaffolder is started with. */
export interface ScaffolderSettings {
  connection: JsonObject;
  platformUrl: string;
  /** Where it keeps workspaces. */
  directory: string;
  config: JsonObject;
}

/** A backend with the real scaffolder in a process of its own. */
export class ScaffolderProcess {
  readonly #child: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = url;
  }

  static async start(settings: ScaffolderSettings): Promise<ScaffolderProcess> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        TRANSFORM,
        path.join(__dirname, 'runScaffolder.ts'),
        JSON.stringify(settings),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    for await (const line of createInterface({ input: child.stdout! })) {
      const port = /^listening (\d+)$/.exec(line)?.[1];
      if (port) {
        child.stdout!.resume();
        return new ScaffolderProcess(child, `http://localhost:${port}`);
      }
    }
    throw new Error('The scaffolder did not start; see above.');
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Submits {@link PROMOTE_TEMPLATE}, and answers the task's id. */
  async submit(service: string): Promise<string> {
    const body = await this.#post('/tasks', {
      templateRef: 'template:default/promote',
      values: { service },
    });
    return body.id;
  }

  /** Retries a task, as the button on its page does. */
  async retry(taskId: string): Promise<void> {
    await this.#post(`/tasks/${taskId}/retry`, { secrets: {} });
  }

  /** Signals that a run has changed. */
  signal(runId: string): void {
    this.#child.stdin!.write(`${runId}\n`);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exit = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await exit;
    }
  }

  async #post(route: string, json: JsonObject): Promise<{ id: string }> {
    const response = await fetch(`${this.#url}/api/scaffolder/v2${route}`, {
      method: 'POST',
      headers: {
        authorization: mockCredentials.user.header(),
        'content-type': 'application/json',
      },
      body: JSON.stringify(json),
    });
    const body = await response.json();
    if (!response.ok) {
      throw new Error(JSON.stringify(body));
    }
    return body;
  }
}
