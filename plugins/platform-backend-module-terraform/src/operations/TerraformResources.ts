import type { JsonObject } from '@backstage/types';
import {
  type AppliedResource,
  type Observation,
  OperationFailedError,
  type ProvidedResource,
  type ProviderContext,
  type ResourcePlan,
} from '@slipway/plugin-platform-node';
import { rm } from 'node:fs/promises';
import { CliFailure } from '../cli/CliFailure';
import { createCliEnvironment } from '../cli/createCliEnvironment';
import type { TerraformCli } from '../cli/TerraformCli';
import type {
  PlatformVariable,
  TerraformModule,
} from '../modules/TerraformModule';
import { describePlan } from '../plan/describePlan';
import { describeState } from '../plan/describeState';
import type { StateDatabase } from '../state/StateDatabase';
import { findErroredStates, removeOtherUses } from './leftUses';
import { ModuleUse } from './ModuleUse';
import type { Places } from './Places';
import { readOutputs } from './readOutputs';
import { storeInTime } from './storeInTime';
import { Workspace } from './Workspace';

/** As the platform's own, where a module doesn't say. */
const TIMEOUT_MS = 5 * 60_000;

export interface TerraformResourcesOptions {
  cli: TerraformCli;
  states: StateDatabase;
  places: Places;
  /** Environment variables for the CLI and its providers. */
  environment: Record<string, string>;
}

type Look = Pick<ProviderContext, 'signal'>;

/** Makes resources by a module. The state of each is in a schema of its own. */
export class TerraformResources {
  readonly #module: TerraformModule;
  readonly #options: TerraformResourcesOptions;

  constructor(module: TerraformModule, options: TerraformResourcesOptions) {
    this.#module = module;
    this.#options = options;
  }

  async plan(
    resource: ProvidedResource,
    observation: Observation | undefined,
    { signal }: Look,
  ): Promise<ResourcePlan> {
    const exists = observation?.exists ?? false;
    return await this.#look(resource, exists, signal, async use => {
      await use.plan('look');
      const described = describePlan(await use.showPlan(), exists);
      if (!exists && described.action === 'none') {
        throw new CliFailure('Planning', [
          { summary: 'It makes nothing', detail: '' },
        ]);
      }
      return described;
    }).catch(error => {
      throw this.#explain(error);
    });
  }

  async observe(
    resource: ProvidedResource,
    { signal }: Look,
  ): Promise<Observation> {
    const schema = schemaOf(resource);
    if (!(await this.#options.states.hasState(schema, signal))) {
      return { exists: false, attributes: {} };
    }
    return await this.#look(resource, true, signal, async use => {
      await use.plan('refresh');
      return describeState(await use.showPlan());
    });
  }

  async apply(
    resource: ProvidedResource,
    context: ProviderContext,
  ): Promise<AppliedResource> {
    const hasState = await this.#options.states.hasState(
      schemaOf(resource),
      context.signal,
    );
    return await this.#act(resource, context, async use => {
      if (hasState) {
        await use.init();
      } else {
        await this.#options.states.creating(context.signal, () => use.init());
        await use.pushEmptyState(resource.id);
      }
      if (await this.#planWithAllStates(use, resource, 'act')) {
        await use.apply(text => context.log(text));
      }
      const outputs = readOutputs(await use.outputs(), this.#module);
      await Promise.all(
        outputs
          .filter(({ secret }) => secret)
          .map(({ value }) => context.secret(value)),
      );
      return {
        outputs: Object.fromEntries(
          outputs.map(({ name, value }) => [name, value]),
        ),
      };
    });
  }

  async destroy(
    resource: ProvidedResource,
    context: ProviderContext,
  ): Promise<void> {
    const { states } = this.#options;
    const schema = schemaOf(resource);
    if (await states.hasState(schema, context.signal)) {
      await this.#act(resource, context, async use => {
        await use.init();
        if (await this.#planWithAllStates(use, resource, 'destroy')) {
          await use.apply(text => context.log(text));
        }
      });
    }
    await states.drop(schema, context.signal);
    await rm(this.#options.places.acts(resource.id), {
      recursive: true,
      force: true,
    });
  }

  /**
   * Plans once every state is stored that an earlier attempt could not store. Planning waits for what still acts on the state, which may leave
   * one more; after that nothing else does, and what earlier attempts left can go.
   */
  async #planWithAllStates(
    use: ModuleUse,
    resource: ProvidedResource,
    mode: 'act' | 'destroy',
  ): Promise<boolean> {
    const uses = this.#options.places.acts(resource.id);
    for (;;) {
      const hasChanges = await use.plan(mode);
      const states = await findErroredStates(uses);
      if (states.length === 0) {
        await removeOtherUses(uses, use.directory);
        return hasChanges;
      }
      for (const state of states) {
        await use.pushState(state);
        await rm(state);
      }
    }
  }

  /** Uses the module without changing anything. Without a state, all of it is new. */
  async #look<T>(
    resource: ProvidedResource,
    hasState: boolean,
    signal: AbortSignal,
    work: (use: ModuleUse) => Promise<T>,
  ): Promise<T> {
    const workspace = await Workspace.create(
      this.#options.places.looks,
      this.#module,
      {
        backend: hasState ? 'pg' : 'local',
        variables: this.#variablesOf(resource),
      },
    );
    try {
      const use = this.#use(workspace, resource, signal);
      await use.init();
      return await work(use);
    } finally {
      await workspace.remove();
    }
  }

  async #act<T>(
    resource: ProvidedResource,
    { signal }: ProviderContext,
    work: (use: ModuleUse) => Promise<T>,
  ): Promise<T> {
    const uses = this.#options.places.acts(resource.id);
    const workspace = await Workspace.create(uses, this.#module, {
      backend: 'pg',
      variables: this.#variablesOf(resource),
    });
    const use = this.#use(workspace, resource, signal);
    try {
      return await work(use);
    } finally {
      // What can't be stored now stays for the next attempt.
      const state = await workspace.erroredState();
      if (!state || (await storeInTime(() => use.pushState(state), signal))) {
        await workspace.remove();
      }
    }
  }

  #use(
    workspace: Workspace,
    resource: ProvidedResource,
    signal: AbortSignal,
  ): ModuleUse {
    const { cli, states, environment, places } = this.#options;
    return new ModuleUse({
      cli,
      workspace,
      signal,
      lockTimeoutMs: this.#module.timeoutMs ?? TIMEOUT_MS,
      secrets: [...states.secrets, ...Object.values(environment)],
      environment: createCliEnvironment({
        home: workspace.home,
        given: environment,
        own: {
          ...states.environmentOf(schemaOf(resource)),
          TF_DATA_DIR: workspace.data,
          TF_PLUGIN_CACHE_DIR: places.pluginCache,
          // The file with what may be used is the module's own, and is never written back.
          TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
        },
      }),
    });
  }

  #variablesOf(resource: ProvidedResource): JsonObject {
    const filled: Record<PlatformVariable, string> = {
      slipway_id: resource.id,
      slipway_name: resource.name,
      slipway_environment: resource.environment,
      slipway_owner: resource.owner,
      slipway_service: resource.service ?? '',
    };
    return {
      ...resource.parameters,
      ...Object.fromEntries(
        this.#module.filled.map(variable => [variable, filled[variable]]),
      ),
    };
  }

  /** What is wrong with a module before anything is done with it, its engineer can't mend by trying again. */
  #explain(error: unknown): unknown {
    return error instanceof CliFailure
      ? new OperationFailedError(
          {
            message: `The module ${this.#module.name}: ${error.message}`,
            hint: `Ask the platform team: the module is in the folder ${this.#module.name} of platform.terraform.modules.`,
          },
          { cause: error },
        )
      : error;
  }
}

/** At most 63 bytes, as PostgreSQL wants it. */
function schemaOf({ id }: ProvidedResource): string {
  return `slipway_${id.replaceAll('-', '_')}`;
}
