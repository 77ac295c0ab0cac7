import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  explainServiceName,
  type NameCheck,
} from '@slipway/plugin-platform-common';
import type { Forge } from '@slipway/plugin-platform-node';

/** Says whether a name is free for a new service. */
export class ServiceNames {
  readonly #forge: Forge;
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: {
    forge: Forge;
    catalog: CatalogService;
    auth: AuthService;
  }) {
    this.#forge = options.forge;
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async check(name: string): Promise<NameCheck> {
    const reason = explainServiceName(name) ?? (await this.#takenBy(name));
    return { name, available: reason === undefined, reason };
  }

  async #takenBy(name: string): Promise<string | undefined> {
    if (await this.#forge.findRepository(name)) {
      return `"${name}" is taken by a repository. Choose another name.`;
    }
    const entity = await this.#catalog.getEntityByRef(
      { kind: 'Component', namespace: 'default', name },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return entity
      ? `"${name}" is taken by a component in the catalog. Choose another name.`
      : undefined;
  }
}
