import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type {
  CatalogService,
  DeferredEntity,
} from '@backstage/plugin-catalog-node';
import {
  RESOURCE_ANNOTATION,
  RESOURCE_EVENT_TOPIC,
  RESOURCE_STATES,
  type RequestOptions,
  type Resource,
  type ResourceEvent,
  type ResourceState,
} from '@slipway/plugin-platform-common';
import type { EntityReading, EntitySource } from '../EntitySource';
import { isNotFound } from '../isNotFound';
import { readSideBySide } from '../readSideBySide';
import type { ResourceApi } from './ResourceApi';
import { toResourceEntity } from './toResourceEntity';

/** What is gone, or can be used by nobody. */
const HIDDEN: readonly ResourceState[] = ['deleted', 'destroyed'];
const SHOWN = RESOURCE_STATES.filter(state => !HIDDEN.includes(state));
const PAGE = 200;

/** Every resource that exists, as an entity of its own. */
export class ResourceSource implements EntitySource {
  readonly name = 'platform-resources';
  readonly topic = RESOURCE_EVENT_TOPIC;
  readonly annotation = RESOURCE_ANNOTATION;
  readonly #platform: ResourceApi;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #portalUrl: string;

  constructor(options: {
    platform: ResourceApi;
    catalog: CatalogService;
    auth: AuthService;
    /** The address of the portal, for links that people follow. */
    portalUrl: string;
  }) {
    this.#platform = options.platform;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#portalUrl = options.portalUrl.replace(/\/$/, '');
  }

  keyOf(eventPayload: unknown): string {
    return (eventPayload as ResourceEvent).resourceId;
  }

  async readAll(options: RequestOptions): Promise<EntityReading> {
    const resources: Resource[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#platform.listResources(
        { state: SHOWN, limit: PAGE, cursor },
        options,
      );
      resources.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return {
      entities: await this.#describe(resources),
      failures: new Map(),
    };
  }

  async read(ids: string[], options: RequestOptions): Promise<EntityReading> {
    const found: Resource[] = [];
    const { entities, failures } = await readSideBySide(ids, async id => {
      const resource = await this.#find(id, options);
      if (resource) {
        found.push(resource);
      }
      return [];
    });
    const described = await this.#describe(found);
    return { entities: new Map([...entities, ...described]), failures };
  }

  async #find(
    id: string,
    options: RequestOptions,
  ): Promise<Resource | undefined> {
    try {
      const resource = await this.#platform.getResource(id, options);
      return HIDDEN.includes(resource.state) ? undefined : resource;
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async #describe(
    resources: Resource[],
  ): Promise<Map<string, DeferredEntity[]>> {
    const systems = await this.#systemsOf(resources);
    return new Map(
      resources.map(resource => [
        resource.id,
        [
          {
            entity: toResourceEntity(resource, {
              portalUrl: this.#portalUrl,
              system: resource.service && systems.get(resource.service),
            }),
            locationKey: `platform-resource:${resource.id}`,
          },
        ],
      ]),
    );
  }

  /** The systems, by service, of the services that these resources belong to. */
  async #systemsOf(resources: Resource[]): Promise<Map<string, string>> {
    const services = [
      ...new Set(resources.flatMap(({ service }) => service ?? [])),
    ];
    const systems = new Map<string, string>();
    if (services.length === 0) {
      return systems;
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: services.map(name =>
          stringifyEntityRef({ kind: 'component', name }),
        ),
        fields: ['spec.system'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    services.forEach((service, index) => {
      const system = items[index]?.spec?.system;
      if (typeof system === 'string') {
        systems.set(service, system);
      }
    });
    return systems;
  }
}
