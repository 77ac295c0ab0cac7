import { OperationFailedError } from '@slipway/plugin-platform-node';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { type CliCall, type CliResult, runCli } from './CliProcess';
import { createCliEnvironment } from './createCliEnvironment';

/** In the order in which they are looked for on the PATH. */
const PROGRAMS = ['tofu', 'terraform'];
/** From here on, all that the `pg` backend needs can be given in the environment. */
const FIRST_VERSION = { major: 1, minor: 6 };
/** What the CLI is given to write down what it has made, once it is asked to stop. */
const PATIENCE_MS = 30_000;

const versionOutput = z.object({ terraform_version: z.string() });

export interface TerraformCliOptions {
  /** Left out: one on the PATH. */
  program?: string;
  concurrency: number;
  patienceMs?: number;
}

/** The OpenTofu or Terraform of this machine. */
export class TerraformCli {
  readonly #options: TerraformCliOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #exclusively = pLimit(1);
  #program?: string;

  constructor(options: TerraformCliOptions) {
    this.#options = options;
    this.#limit = pLimit(options.concurrency);
  }

  /** Waits for its turn, then runs it. */
  async run(call: CliCall): Promise<CliResult> {
    return call.isExclusive
      ? await this.#exclusively(() => this.#runInTurn(call))
      : await this.#runInTurn(call);
  }

  async #runInTurn(call: CliCall): Promise<CliResult> {
    return await this.#limit(async () => {
      call.signal.throwIfAborted();
      this.#program ??= await this.#find(call.signal);
      const result = await runCli(this.#program, call, {
        patienceMs: this.#options.patienceMs ?? PATIENCE_MS,
      });
      call.signal.throwIfAborted();
      return result;
    });
  }

  /** Looked for until there is one: it may be installed while the portal runs. */
  async #find(signal: AbortSignal): Promise<string> {
    const { program } = this.#options;
    for (const candidate of program ? [program] : PROGRAMS) {
      const version = await askVersion(candidate, signal);
      if (version) {
        requireVersion(candidate, version);
        return candidate;
      }
    }
    throw new OperationFailedError({
      message: program
        ? `platform.terraform.cli names ${program}, which can't be run.`
        : 'This portal has neither OpenTofu nor Terraform, one of which it takes to use a module.',
      hint: 'Ask the platform team to install OpenTofu (https://opentofu.org/docs/intro/install) so that tofu is on the PATH of the portal, or to name the program in platform.terraform.cli.',
    });
  }
}

async function askVersion(
  program: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'slipway-terraform-'));
  try {
    const { output } = await runCli(
      program,
      {
        args: ['version', '-json'],
        folder,
        outputs: folder,
        environment: createCliEnvironment({ home: folder }),
        signal,
      },
      { patienceMs: 0 },
    );
    return versionOutput.parse(JSON.parse(output)).terraform_version;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function requireVersion(program: string, version: string): void {
  const [major, minor] = version.split('.').map(Number);
  if (
    major < FIRST_VERSION.major ||
    (major === FIRST_VERSION.major && minor < FIRST_VERSION.minor)
  ) {
    throw new OperationFailedError({
      message: `${program} is version ${version}; ${FIRST_VERSION.major}.${FIRST_VERSION.minor} or newer is needed.`,
      hint: 'Ask the platform team to install a newer one.',
    });
  }
}
