import { writeFile } from 'node:fs/promises';
import type { z } from 'zod';
import { explainFailure } from '../cli/CliFailure';
import type { CliCall, CliResult } from '../cli/CliProcess';
import type { TerraformCli } from '../cli/TerraformCli';
import {
  type OutputsOutput,
  outputsOutput,
  type PlanOutput,
  planOutput,
} from '../plan/planOutput';
import type { Workspace } from './Workspace';

/** With `-detailed-exitcode`: the plan was made, and is not empty. */
const HAS_CHANGES = 2;
/** What is told of an `apply` while it goes on. */
const TOLD_EVENTS = [
  'apply_start',
  'apply_progress',
  'apply_complete',
  'apply_errored',
  'change_summary',
];

export interface ModuleUseOptions {
  cli: TerraformCli;
  workspace: Workspace;
  environment: Record<string, string>;
  signal: AbortSignal;
  /** How long to wait for what else acts on the same state. */
  lockTimeoutMs: number;
  /** What must not be told to people. */
  secrets: string[];
}

/** The commands of the CLI, in one workspace. */
export class ModuleUse {
  readonly #options: ModuleUseOptions;

  constructor(options: ModuleUseOptions) {
    this.#options = options;
  }

  get directory(): string {
    return this.#options.workspace.directory;
  }

  /** Gets providers and other modules, and connects to where the state is. */
  async init(): Promise<void> {
    // The CLI does not promise that two may fill its cache of providers at once.
    const result = await this.#run(['init', '-no-color'], {
      isExclusive: true,
    });
    if (result.code !== 0) {
      throw this.#failure('Preparing the module', result);
    }
  }

  /**
   * Writes an empty state. Without one, the backend's lock is that of all states that don't exist yet: one `apply` would
   * keep every other one waiting.
   */
  async pushEmptyState(lineage: string): Promise<void> {
    const { workspace } = this.#options;
    await writeFile(
      workspace.emptyStateFile,
      JSON.stringify({
        version: 4,
        serial: 1,
        lineage,
        outputs: {},
        resources: [],
      }),
    );
    await this.pushState(workspace.emptyStateFile);
  }

  /** Stores a state. One that is older than what is stored, or of another resource, is refused. */
  async pushState(file: string): Promise<void> {
    await this.#succeed('Storing the state', [
      ...['state', 'push', '-no-color', this.#lockTimeout, file],
    ]);
  }

  /**
   * Compares what is there with what the module says, and keeps the plan for {@link apply}.
   *
   * @param mode - `look`: waits for nobody and stores nothing; `act`: waits until nobody else acts; `destroy`: `act`, to an end of it all
   * @returns whether there is something to do
   */
  async plan(mode: 'look' | 'refresh' | 'act' | 'destroy'): Promise<boolean> {
    const { workspace } = this.#options;
    const looks = mode === 'look' || mode === 'refresh';
    const what = 'Planning';
    const result = await this.#run([
      ...['plan', '-json', '-detailed-exitcode', `-out=${workspace.planFile}`],
      `-var-file=${workspace.variablesFile}`,
      looks ? '-lock=false' : this.#lockTimeout,
      ...(mode === 'refresh' ? ['-refresh-only'] : []),
      ...(mode === 'destroy' ? ['-destroy'] : []),
    ]);
    if (result.code !== 0 && result.code !== HAS_CHANGES) {
      throw this.#failure(what, result);
    }
    return result.code === HAS_CHANGES;
  }

  async showPlan(): Promise<PlanOutput> {
    const { planFile } = this.#options.workspace;
    return await this.#read(planOutput, 'Reading the plan', [
      ...['show', '-json', '-no-color', planFile],
    ]);
  }

  /** Does exactly what was planned. Where the state is another by now, it is refused by the CLI. */
  async apply(log: (text: string) => void): Promise<void> {
    const result = await this.#run(
      [
        ...['apply', '-json', this.#lockTimeout],
        this.#options.workspace.planFile,
      ],
      {
        onEvent: event => {
          if (TOLD_EVENTS.includes(event.type)) {
            log(event['@message']);
          }
        },
      },
    );
    if (result.code !== 0) {
      throw this.#failure('Applying the plan', result);
    }
  }

  async outputs(): Promise<OutputsOutput> {
    return await this.#read(outputsOutput, 'Reading the outputs', [
      ...['output', '-json', '-no-color'],
    ]);
  }

  get #lockTimeout(): string {
    return `-lock-timeout=${Math.ceil(this.#options.lockTimeoutMs / 1000)}s`;
  }

  async #read<T>(
    schema: z.ZodType<T>,
    what: string,
    args: string[],
  ): Promise<T> {
    const { output } = await this.#succeed(what, args);
    return schema.parse(JSON.parse(output));
  }

  async #succeed(what: string, args: string[]): Promise<CliResult> {
    const result = await this.#run(args);
    if (result.code !== 0) {
      throw this.#failure(what, result);
    }
    return result;
  }

  async #run(
    args: string[],
    how: Pick<CliCall, 'isExclusive' | 'onEvent'> = {},
  ): Promise<CliResult> {
    const { cli, workspace, environment, signal } = this.#options;
    const { folder, outputs } = workspace;
    return await cli.run({
      ...how,
      ...{ args, folder, outputs, environment, signal },
    });
  }

  #failure(what: string, result: CliResult): Error {
    const { secrets, workspace } = this.#options;
    const hidden: Array<[text: string, sign: string]> = [
      ...secrets.map((secret): [string, string] => [secret, '(secret)']),
      // Where it happens to be worked on means nothing to people.
      [`${workspace.folder}/`, ''],
      [`${workspace.directory}/`, ''],
    ];
    const clean = (said: string) =>
      hidden
        .filter(([text]) => text !== '')
        .reduce((told, [text, sign]) => told.replaceAll(text, sign), said);
    return explainFailure(what, {
      ...result,
      output: clean(result.output),
      beside: clean(result.beside),
    });
  }
}
