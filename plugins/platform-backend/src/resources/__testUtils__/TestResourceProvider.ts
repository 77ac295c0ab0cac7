import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createResourceProvider,
  type Observation,
  OperationFailedError,
  planByAttributes,
  type ProvidedResource,
  type ProviderContext,
  resourceProvidersExtensionPoint,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';

/** One database of the test's world. */
export interface TestThing {
  size: string;
  connections: number;
  password: string;
  /** The valid passwords. */
  valid: Set<string>;
  suspended: boolean;
}

const parameters = z.strictObject({
  size: z.enum(['small', 'large']).default('small'),
  connections: z
    .number()
    .int()
    .min(1, 'Use at least 1.')
    .max(100, 'Use at most 100.')
    .default(10),
});

type Parameters = z.infer<typeof parameters>;

/** What goes wrong the next times it acts, first things first. */
export type Mishap =
  'fails' | 'fails after' | 'hangs' | 'refuses' | 'lies' | 'half' | 'too much';

/** Databases in memory, made by a provider that can be told to go wrong. */
export class TestResourceProvider {
  readonly things = new Map<string, TestThing>();
  readonly calls: string[] = [];
  /** One for each call of `apply`, `issue`, `destroy` or `suspend` to come; `undefined`: it goes well. */
  mishaps: Array<Mishap | undefined> = [];
  /** While set, planning takes for ever. */
  slow = false;
  /** While set, looking at what is there takes for ever. */
  blind = false;
  /** What is wrong with everything that is there. */
  warning: string | undefined;

  /** What a resource has been made to. */
  of({ id }: { id: string }): TestThing {
    const thing = this.things.get(id);
    if (!thing) {
      throw new Error(`There is nothing of ${id}.`);
    }
    return thing;
  }

  readonly provider = createResourceProvider<Parameters>({
    name: 'test-databases',
    type: 'database',
    title: 'Test database',
    description: 'A database in memory',
    parameters,
    outputs: {
      host: { description: 'Where it answers' },
      password: { description: 'What lets in', secret: true },
    },

    plan: async (resource, observation) =>
      this.slow
        ? forEver()
        : planByAttributes({
            wanted: { ...resource.parameters },
            observation,
            replacing: { size: 'All rows are lost.' },
          }),

    observe: async resource => {
      if (this.blind) {
        return forEver();
      }
      return this.#observe(resource);
    },

    apply: async (resource, context) => {
      const lie = await this.#begin('apply', resource);
      const known = this.things.get(resource.id);
      const password =
        resource.outputs.password ?? (await context.password('owner'));
      if (!lie) {
        this.things.set(resource.id, {
          valid: new Set([password]),
          suspended: false,
          ...known,
          ...resource.parameters,
          password,
        });
      }
      return this.#answer(resource, password, context);
    },

    destroy: async resource => {
      await this.#begin('destroy', resource);
      this.things.delete(resource.id);
    },

    softDelete: {
      suspend: async resource => {
        await this.#begin('suspend', resource);
        this.of(resource).suspended = true;
      },
      restore: async (resource, context) => {
        await this.#begin('restore', resource);
        const thing = this.of(resource);
        thing.suspended = false;
        return this.#answer(resource, thing.password, context);
      },
    },

    rotation: {
      issue: async (resource, context) => {
        await this.#begin('issue', resource);
        const password = await context.password('next');
        this.of(resource).valid.add(password);
        return this.#answer(resource, password, context);
      },
      revoke: async resource => {
        await this.#begin('revoke', resource);
        const thing = this.of(resource);
        thing.password = resource.outputs.password;
        thing.valid = new Set([resource.outputs.password]);
      },
    },

    acceptDrift: (resource, { exists, attributes }) =>
      exists
        ? parameters.parse({ ...resource.parameters, ...attributes })
        : undefined,

    adoption: {
      existing: z.strictObject({ id: z.string() }),
      find: async ({ id }) => {
        const { size, connections } = this.of({ id: String(id) });
        return {
          what: `database ${id}`,
          parameters: parameters.parse({ size, connections }),
        };
      },
      adopt: async (resource, { id }, context) => {
        await this.#begin('adopt', resource);
        const thing = this.of({ id: String(id) });
        const password = await context.password('owner');
        thing.password = password;
        thing.valid.add(password);
        this.things.set(resource.id, thing);
        return this.#answer(resource, password, context);
      },
      release: async resource => {
        await this.#begin('release', resource);
        this.things.delete(resource.id);
      },
    },
  });

  readonly module = createBackendModule({
    pluginId: 'platform',
    moduleId: 'test-databases',
    register: env => {
      env.registerInit({
        deps: { providers: resourceProvidersExtensionPoint },
        init: async ({ providers }) =>
          providers.addResourceProvider(this.provider),
      });
    },
  });

  /** From here on the platform gives up after a second what hangs. Answers how to let it take minutes again. */
  beImpatient(): () => void {
    Object.assign(this.provider, { timeoutMs: 1_000 });
    return () => Object.assign(this.provider, { timeoutMs: undefined });
  }

  #observe(resource: ProvidedResource): Observation {
    const thing = this.things.get(resource.id);
    return thing && !thing.suspended
      ? {
          exists: true,
          attributes: { size: thing.size, connections: thing.connections },
          warning: this.warning,
        }
      : { exists: false, attributes: {} };
  }

  /** Answers whether it is to lie. */
  async #begin(act: string, resource: ProvidedResource): Promise<boolean> {
    this.calls.push(`${act} ${resource.name}`);
    const [mishap] = this.mishaps;
    if (mishap === 'fails') {
      this.mishaps.shift();
      throw new Error('The server went away.');
    }
    if (mishap === 'refuses') {
      this.mishaps.shift();
      throw new OperationFailedError({ message: 'The disk is full.' });
    }
    if (mishap === 'hangs') {
      this.mishaps.shift();
      await forEver();
    }
    return mishap === 'lies';
  }

  #answer(
    _resource: ProvidedResource,
    password: string,
    context: ProviderContext,
  ) {
    const mishap = this.mishaps.shift();
    if (mishap === 'fails after') {
      throw new Error('The server went away.');
    }
    context.log(`The password is ${password}.`);
    return {
      outputs: {
        host: 'localhost',
        ...(mishap !== 'half' && { password }),
        ...(mishap === 'too much' && { surprise: 'unasked' }),
      },
      state: { made: true },
    };
  }
}

function forEver(): Promise<never> {
  return new Promise(() => {});
}
