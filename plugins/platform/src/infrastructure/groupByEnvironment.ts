import type {
  Resource,
  ServiceEnvironment,
} from '@slipway/plugin-platform-common';

/** One environment with what a service uses there. */
export interface Lane {
  environment: string;
  title: string;
  /** The service as it is there; missing where the platform doesn't say. */
  state?: ServiceEnvironment;
  resources: Resource[];
}

/** Resources by environment, in the order of the environments; those of an environment that is gone come last. */
export function groupByEnvironment(
  environments: ServiceEnvironment[],
  resources: Resource[],
): Lane[] {
  const lanes = new Map<string, Lane>(
    environments.map(state => {
      const { name, title } = state.environment;
      return [name, { environment: name, title, state, resources: [] }];
    }),
  );
  for (const resource of resources) {
    const { environment } = resource;
    const lane = lanes.get(environment) ?? {
      environment,
      title: environment,
      resources: [],
    };
    lane.resources.push(resource);
    lanes.set(environment, lane);
  }
  return [...lanes.values()];
}
