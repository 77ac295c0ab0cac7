import type {
  ProvidedResource,
  ProviderContext,
  ResourceProvider,
} from '@slipway/plugin-platform-node';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TerraformCli } from '../cli/TerraformCli';
import { createTerraformProvider } from '../createTerraformProvider';
import { readModules } from '../modules/readModules';
import type { TerraformModule } from '../modules/TerraformModule';
import { Places } from '../operations/Places';
import type { TerraformResourcesOptions } from '../operations/TerraformResources';
import { TestStates } from './TestStates';

const MODULES = path.resolve(__dirname, '../__fixtures__/modules');

/** What another process has to know of it. */
interface WorldPlace {
  directory: string;
  states: string;
}

/** The modules of the tests, a database for their states, and the directory in which they make files. */
export class TestWorld {
  readonly states: TestStates;
  readonly directory: string;
  readonly things: string;
  readonly places: Places;
  readonly #modules: TerraformModule[];

  private constructor(
    directory: string,
    states: TestStates,
    modules: TerraformModule[],
  ) {
    this.directory = directory;
    this.states = states;
    this.#modules = modules;
    this.things = path.join(directory, 'things');
    this.places = new Places(path.join(directory, 'work'));
  }

  static async create(): Promise<TestWorld> {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'slipway-terraform-'));
    const states = await TestStates.create();
    const world = new TestWorld(directory, states, await readModules(MODULES));
    mkdirSync(world.things);
    mkdirSync(world.places.pluginCache, { recursive: true });
    return world;
  }

  /** One that another process has made. */
  static async open({ directory, states }: WorldPlace): Promise<TestWorld> {
    const modules = await readModules(MODULES);
    return new TestWorld(directory, TestStates.open(states), modules);
  }

  get place(): WorldPlace {
    return { directory: this.directory, states: this.states.name };
  }

  provider(
    module: string,
    options: Partial<TerraformResourcesOptions> = {},
  ): ResourceProvider {
    const found = this.#modules.find(({ name }) => name === module);
    if (!found) {
      throw new Error(`There is no module ${module}.`);
    }
    return createTerraformProvider(found, {
      cli: new TerraformCli({ concurrency: 4 }),
      states: this.states.database,
      places: this.places,
      environment: {},
      ...options,
    });
  }

  /** A resource that nobody has made yet. */
  resource(
    provider: ResourceProvider,
    parameters: Record<string, string> = {},
  ): ProvidedResource {
    return {
      id: randomUUID(),
      name: 'orders.thing',
      environment: 'dev',
      owner: 'group:default/payments',
      parameters: provider.parameters.parse({
        directory: this.things,
        ...parameters,
      }),
      outputs: {},
      state: {},
    };
  }

  /** What was made for a resource. */
  filesOf({ id }: Pick<ProvidedResource, 'id'>): string[] {
    return readdirSync(this.things).filter(name => name.startsWith(id));
  }

  /** Everything that is kept of uses of modules. */
  uses(): string[] {
    return [this.places.looks, path.dirname(this.places.acts('any'))]
      .filter(directory => existsSync(directory))
      .flatMap(directory =>
        readdirSync(directory, { recursive: true, encoding: 'utf8' }),
      );
  }

  async remove(): Promise<void> {
    await this.states.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The context of one act, which keeps what was said. */
export function createContext(
  signal: AbortSignal = new AbortController().signal,
): ProviderContext & { said: string[]; secrets: string[] } {
  const said: string[] = [];
  const secrets: string[] = [];
  const key = randomUUID();
  return {
    ...{ idempotencyKey: key, signal, said, secrets },
    log: text => said.push(text),
    password: async name => `${name}${key}`,
    secret: async value => {
      secrets.push(value);
    },
  };
}
