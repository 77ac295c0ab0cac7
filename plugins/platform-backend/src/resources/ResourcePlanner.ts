import type { JsonObject } from '@backstage/types';
import type {
  ResourceDefinition,
  ResourceMatch,
} from '@slipway/plugin-platform-common';
import type {
  Observation,
  ProvidedResource,
  ResourcePlan,
  ResourceProvider,
} from '@slipway/plugin-platform-node';
import type { Environments } from '../environments';
import { parse } from '../http';
import { askProvider, type Patience } from './askProvider';
import type { ResourceProviders } from './ResourceProviders';

/** What a resource shall be, and who makes it so. */
export interface DesiredResource {
  definition: ResourceDefinition;
  provider: ResourceProvider;
  /** What people asked for. */
  asked: JsonObject;
  /** The same, completed by the definition and the provider's own schema. */
  parameters: JsonObject;
}

/** What is to be planned: a resource as its provider is told of it. */
export interface Planned {
  provider: ResourceProvider;
  resource: ProvidedResource;
}

/** Works out what resources shall be, and what it would take. Changes nothing. */
export class ResourcePlanner {
  readonly #environments: Pick<Environments, 'match' | 'desiredParameters'>;
  readonly #providers: ResourceProviders;

  constructor(options: {
    environments: Pick<Environments, 'match' | 'desiredParameters'>;
    providers: ResourceProviders;
  }) {
    this.#environments = options.environments;
    this.#providers = options.providers;
  }

  /** What makes something, and by which rule. Throws `InputError` that says what there is where nothing does. */
  match(match: ResourceMatch): {
    definition: ResourceDefinition;
    provider: ResourceProvider;
  } {
    const definition = this.#environments.match(match);
    return { definition, provider: this.#providers.get(definition.provider) };
  }

  /** Throws `InputError` that names the field where there is no such thing, or more is asked for than may be. */
  desire(match: ResourceMatch, asked: JsonObject): DesiredResource {
    const { definition, provider } = this.match(match);
    const completed = this.#environments.desiredParameters(definition, asked);
    const parameters = parse(provider.parameters, completed);
    return { definition, provider, asked, parameters };
  }

  /** What would be done about a resource of which nothing is there yet. */
  planNew(planned: Planned, patience: Patience): Promise<ResourcePlan> {
    return this.#plan(planned, undefined, patience);
  }

  /** Looks at what is there, and says what would be done about it. */
  async planExisting(
    planned: Planned,
    patience: Patience,
  ): Promise<{ observation: Observation; plan: ResourcePlan }> {
    const observation = await this.observe(planned, patience);
    const plan = await this.#plan(planned, observation, patience);
    return { observation, plan };
  }

  observe(
    { provider, resource }: Planned,
    patience: Patience,
  ): Promise<Observation> {
    return askProvider(provider, 'look at what is there', patience, signal =>
      provider.observe(resource, { signal }),
    );
  }

  #plan(
    { provider, resource }: Planned,
    observation: Observation | undefined,
    patience: Patience,
  ): Promise<ResourcePlan> {
    return askProvider(provider, 'plan', patience, signal =>
      provider.plan(resource, observation, { signal }),
    );
  }
}
