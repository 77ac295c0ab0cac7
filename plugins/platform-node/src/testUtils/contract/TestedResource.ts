import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type {
  AppliedResource,
  Observation,
  ProvidedResource,
  ProviderContext,
  ResourcePlan,
  ResourceProvider,
} from '../../resources';
import type { ProviderSetup } from './ProviderSetup';

/** `docs/resources.md`: what a provider asks to remember is small. */
const LARGEST_STATE = 64 * 1024;

/** How an act is done: by which provider (left out: the setup's), under which key (left out: a new one). */
export interface How {
  provider?: ResourceProvider;
  key?: string;
  signal?: AbortSignal;
}

/**
 * One resource in the hands of the provider under test. Remembers what the platform would, as JSON, and everything that
 * the provider says.
 */
export class TestedResource {
  readonly #setup: ProviderSetup;
  #resource: ProvidedResource;
  #keys = 0;
  /** Log lines, plans, observations, states and outputs that aren't secret, as text. */
  readonly said: string[] = [];
  /** What the provider got as a password or gave as a secret. */
  readonly secrets = new Set<string>();

  private constructor(setup: ProviderSetup, resource: ProvidedResource) {
    this.#setup = setup;
    this.#resource = resource;
  }

  /** @param overrides - what isn't left to chance */
  static create(
    setup: ProviderSetup,
    overrides: { name?: string; parameters?: JsonObject } = {},
  ): TestedResource {
    const { parameters = setup.parameters, name } = overrides;
    const id = randomUUID();
    return new TestedResource(setup, {
      id,
      name: name ?? `contract-${id.slice(0, 8)}`,
      environment: 'dev',
      owner: 'group:default/owners',
      parameters: parsed(setup.provider, parameters),
      outputs: {},
      state: {},
    });
  }

  /** As its provider is told of it. Frozen: a provider that changes it is found out. */
  get resource(): ProvidedResource {
    return deepFreeze(structuredClone(this.#resource));
  }

  get outputs(): Record<string, string> {
    return this.resource.outputs;
  }

  /** From here on something else is asked for. */
  ask(parameters: JsonObject): void {
    this.#resource.parameters = parsed(this.#setup.provider, parameters);
  }

  newKey(): string {
    this.#keys += 1;
    return `${this.#resource.id}:${this.#keys}`;
  }

  async observe(): Promise<Observation> {
    return this.#say(
      await this.#setup.provider.observe(this.resource, quiet()),
    );
  }

  /** @param observation - left out: as it is observed now */
  async plan(observation?: Observation): Promise<ResourcePlan> {
    return this.planFrom(observation ?? (await this.observe()));
  }

  async planFrom(observation: Observation | undefined): Promise<ResourcePlan> {
    const plan = this.#say(
      await this.#setup.provider.plan(
        this.resource,
        deepFreeze(structuredClone(observation)),
        quiet(),
      ),
    );
    assert.equal(
      plan.action === 'none',
      plan.fields.length === 0,
      `A plan says what it would change: "${plan.action}" came with the fields ${JSON.stringify(plan.fields)}.`,
    );
    plan.fields.forEach(change =>
      assert.notDeepEqual(
        change.from,
        change.to,
        `The plan changes "${change.field}" into what it is: ${JSON.stringify(change)}.`,
      ),
    );
    return plan;
  }

  /** @param resource - as the provider is told of it */
  apply(
    how: How = {},
    resource: ProvidedResource = this.resource,
  ): Promise<void> {
    return this.#keep(how, (provider, context) =>
      provider.apply(resource, context),
    );
  }

  async destroy(how: How = {}): Promise<void> {
    const { provider = this.#setup.provider } = how;
    await provider.destroy(this.resource, this.#context(how));
  }

  async suspend(how: How = {}): Promise<void> {
    const { softDelete } = how.provider ?? this.#setup.provider;
    await softDelete?.suspend(this.resource, this.#context(how));
  }

  restore(how: How = {}): Promise<void> {
    return this.#keep(how, async ({ softDelete }, context) =>
      softDelete?.restore(this.resource, context),
    );
  }

  /** Keeps the new outputs; answers the resource as it was before. */
  async issue(
    how: How = {},
    before: ProvidedResource = this.resource,
  ): Promise<ProvidedResource> {
    await this.#keep(how, async ({ rotation }, context) =>
      rotation?.issue(before, context),
    );
    return before;
  }

  /** @param resource - its credential stays */
  async revoke(
    how: How = {},
    resource: ProvidedResource = this.resource,
  ): Promise<void> {
    const { rotation } = how.provider ?? this.#setup.provider;
    await rotation?.revoke(resource, this.#context(how));
  }

  adopt(existing: JsonObject, how: How = {}): Promise<void> {
    return this.#keep(how, async ({ adoption }, context) =>
      adoption?.adopt(this.resource, existing, context),
    );
  }

  async release(existing: JsonObject, how: How = {}): Promise<void> {
    const { adoption } = how.provider ?? this.#setup.provider;
    await adoption?.release?.(this.resource, existing, this.#context(how));
  }

  async #keep(
    how: How,
    act: (
      provider: ResourceProvider,
      context: ProviderContext,
    ) => Promise<AppliedResource | undefined>,
  ): Promise<void> {
    const { provider = this.#setup.provider } = how;
    const applied = await act(provider, this.#context(how));
    assert.ok(applied, 'The provider has no such ability.');
    const { outputs, state = {} } = applied;
    const text = JSON.stringify(state);
    assert.ok(
      text.length <= LARGEST_STATE,
      `The state has ${text.length} bytes; ${LARGEST_STATE} are the most.`,
    );
    this.#say(state);
    this.#say(
      Object.entries(outputs).filter(([name]) => !this.#isSecret(name)),
    );
    this.#resource = asJson({ ...this.#resource, outputs, state });
  }

  #isSecret(output: string): boolean {
    return Boolean(this.#setup.provider.outputs[output]?.secret);
  }

  /** What travels to the platform travels as JSON. */
  #say<T>(what: T): T {
    this.said.push(JSON.stringify(what));
    return asJson(what);
  }

  #context({ key = this.newKey(), signal }: How): ProviderContext {
    return {
      idempotencyKey: key,
      signal: signal ?? quiet().signal,
      log: text => this.said.push(text),
      password: async name => {
        const value = createHmac('sha256', key).update(name).digest('hex');
        this.secrets.add(value.slice(0, 32));
        return value.slice(0, 32);
      },
      secret: async value => {
        this.secrets.add(value);
      },
    };
  }
}

function parsed(provider: ResourceProvider, parameters: JsonObject) {
  return asJson(provider.parameters.parse(parameters));
}

function asJson<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

function quiet(): { signal: AbortSignal } {
  return { signal: new AbortController().signal };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
