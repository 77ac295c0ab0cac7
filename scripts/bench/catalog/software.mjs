import { apiDefinition } from './apiDefinition.mjs';
import { describe } from './describe.mjs';
import { pickLongTailed } from './longTail.mjs';
import { Names } from './Names.mjs';
import {
  areas,
  firstNames,
  libraryRoles,
  parts,
  resourceTypes,
  serviceRoles,
  websiteRoles,
} from './words.mjs';

/** How many systems there are for each domain, about. */
const SYSTEMS_PER_DOMAIN = 25;
/** How many entities a system has, itself included, about. */
const ENTITIES_PER_SYSTEM = 20;

const roles = {
  service: serviceRoles,
  library: libraryRoles,
  website: websiteRoles,
};

/**
 * Domains, systems, and in them components with their APIs and resources. What was there first is depended on most, so that there are
 * a few that half the company needs and very many that nobody does.
 *
 * @param {import('../../faults/Random.mjs').Random} random
 * @param {{ count: number, teams: import('./people.mjs').Team[] }} options - `count`: how many entities, exactly
 * @returns {object[]}
 */
export function generateSoftware(random, { count, teams }) {
  const world = new World(random, teams);
  const systems = Math.ceil(count / ENTITIES_PER_SYSTEM);
  const domains = Array.from(
    { length: Math.ceil(systems / SYSTEMS_PER_DOMAIN) },
    () => world.addDomain(),
  );
  while (world.entities.length < count) {
    world.addSystem(pickLongTailed(random, domains));
  }
  return world.entities.slice(0, count);
}

class World {
  entities = [];
  #random;
  #teams;
  #names = {
    Domain: new Names(),
    System: new Names(),
    Component: new Names(),
    API: new Names(),
    Resource: new Names(),
  };
  #components = [];
  #apis = [];

  constructor(random, teams) {
    this.#random = random;
    this.#teams = teams;
  }

  addDomain() {
    return this.#add('Domain', `${this.#random.pick(areas)}-domain`, {
      owner: groupRef(this.#random.pick(this.#teams).name),
    });
  }

  addSystem(domain) {
    const random = this.#random;
    const team = pickLongTailed(random, this.#teams);
    const name = `${random.pick(areas)}-${random.pick(parts)}`;
    const system = this.#add('System', name, {
      owner: groupRef(team.name),
      domain: domain.metadata.name,
    });
    const shared = Array.from({ length: random.between(1, 4) }, () =>
      this.#addResource(system, team),
    );
    const inSystem = [];
    // Most systems are small, some are very large.
    const size = Math.ceil(3 / (1.05 - random.next()));
    for (let index = 0; index < size; index += 1) {
      inSystem.push(this.#addComponent(system, team, shared, inSystem));
    }
  }

  #addResource(system, team) {
    const random = this.#random;
    const type = random.weighted(resourceTypes);
    return this.#add(
      'Resource',
      `${system.metadata.name}-${random.pick(parts)}-${type}`,
      {
        type,
        ...this.#ownedBy(team),
        system: system.metadata.name,
      },
    );
  }

  #addComponent(system, team, shared, neighbours) {
    const random = this.#random;
    const type = random.weighted({ service: 70, library: 18, website: 12 });
    const owned = this.#ownedBy(team);
    const component = this.#add(
      'Component',
      `${random.pick(areas)}-${random.pick(parts)}-${random.pick(roles[type])}`,
      {
        type,
        lifecycle: random.weighted({
          production: 80,
          experimental: 12,
          deprecated: 8,
        }),
        ...owned,
        system: system.metadata.name,
        ...this.#dependencies(type, shared, neighbours),
      },
    );
    if (neighbours.length > 0 && random.chance(0.03)) {
      component.spec.subcomponentOf = random.pick(neighbours).metadata.name;
    }
    if (type === 'service' && random.chance(0.55)) {
      component.spec.providesApis = [
        this.#addApi(component, owned).metadata.name,
      ];
    }
    if (type === 'service' && random.chance(0.3)) {
      component.spec.dependsOn.push(ref(this.#addResource(system, team)));
    }
    this.#components.push(component);
    return component;
  }

  #addApi(component, owned) {
    const random = this.#random;
    const { name } = component.metadata;
    const type = random.weighted({ openapi: 75, grpc: 15, asyncapi: 10 });
    const api = this.#add('API', `${name}-${type}`, {
      type,
      lifecycle: component.spec.lifecycle,
      ...owned,
      system: component.spec.system,
      definition: apiDefinition(random, name),
    });
    this.#apis.push(api);
    return api;
  }

  #dependencies(type, shared, neighbours) {
    const random = this.#random;
    const several = (most, pick) => [
      ...new Set(Array.from({ length: random.between(0, most) }, pick)),
    ];
    const consumesApis =
      type === 'library' || this.#apis.length === 0
        ? []
        : several(3, () => pickLongTailed(random, this.#apis).metadata.name);
    const near =
      neighbours.length > 0
        ? several(2, () => ref(random.pick(neighbours)))
        : [];
    const far =
      this.#components.length > 0
        ? several(2, () => ref(pickLongTailed(random, this.#components)))
        : [];
    return {
      ...(consumesApis.length > 0 && { consumesApis }),
      dependsOn: [
        ...new Set([
          ...near,
          ...far,
          ...(type === 'library'
            ? []
            : several(2, () => ref(random.pick(shared)))),
        ]),
      ],
    };
  }

  /** Mostly the system's team, sometimes another; of one in a hundred the owner is gone, or nobody ever knew. */
  #ownedBy(team) {
    const random = this.#random;
    const who = random.weighted({ team: 850, other: 140, gone: 7, unknown: 3 });
    const owners = {
      team: () => groupRef(team.name),
      other: () => groupRef(random.pick(this.#teams).name),
      gone: () =>
        random.chance(0.7)
          ? groupRef(`${random.pick(areas)}-dissolved`)
          : `user:default/${random.pick(firstNames).toLowerCase()}.left`,
      unknown: () => groupRef('unknown'),
    };
    return { owner: owners[who]() };
  }

  #add(kind, name, spec) {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name: this.#names[kind].take(name),
        ...describe(this.#random, kind, name),
      },
      spec,
    };
    this.entities.push(entity);
    return entity;
  }
}

const groupRef = name => `group:default/${name}`;

function ref({ kind, metadata }) {
  return `${kind.toLowerCase()}:default/${metadata.name}`;
}
