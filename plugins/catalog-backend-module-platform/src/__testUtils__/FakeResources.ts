import type {
  Page,
  Resource,
  ResourceFilter,
} from '@slipway/plugin-platform-common';
import type { ResourceApi } from '../resources/ResourceApi';
import { notFound } from './notFound';

/** Resources in memory, listed two at a time. */
export class FakeResources implements ResourceApi {
  /** Resources that can't be read for now. */
  readonly failing = new Set<string>();
  readonly #resources = new Map<string, Resource>();

  set(resource: Resource): void {
    this.#resources.set(resource.id, resource);
  }

  async listResources({
    state,
    cursor = '0',
  }: ResourceFilter & { cursor?: string }): Promise<Page<Resource>> {
    const start = Number(cursor);
    const all = [...this.#resources.values()].filter(
      resource => !state || state.includes(resource.state),
    );
    const end = start + 2;
    return {
      items: all.slice(start, end),
      nextCursor: end < all.length ? String(end) : undefined,
    };
  }

  async getResource(id: string): Promise<Resource> {
    if (this.failing.has(id)) {
      throw new Error('connection reset');
    }
    const resource = this.#resources.get(id);
    if (!resource) {
      throw await notFound();
    }
    return resource;
  }
}
