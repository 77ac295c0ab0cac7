import { ServiceUnavailableError } from '@backstage/errors';
import type { ResourceProvider } from '@slipway/plugin-platform-node';

/** The ways to make resources that modules brought. */
export class ResourceProviders {
  readonly #byName = new Map<string, ResourceProvider>();

  /** Throws where two have the same name. */
  add(provider: ResourceProvider): void {
    const { name } = provider;
    if (this.#byName.has(name)) {
      throw new Error(
        `Two resource providers are called "${name}". Remove one of their modules, or rename one: definitions name providers.`,
      );
    }
    this.#byName.set(name, provider);
  }

  all(): ResourceProvider[] {
    return [...this.#byName.values()];
  }

  find(name: string): ResourceProvider | undefined {
    return this.#byName.get(name);
  }

  /** Throws `ServiceUnavailableError` where no module brings it. */
  get(name: string): ResourceProvider {
    const provider = this.find(name);
    if (!provider) {
      const known = this.all().map(other => other.name);
      throw new ServiceUnavailableError(
        `This portal has no resource provider "${name}". It has: ${known.join(', ') || 'none'}. Ask the platform team to install its module.`,
      );
    }
    return provider;
  }
}
