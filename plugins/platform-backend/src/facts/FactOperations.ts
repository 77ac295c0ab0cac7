import { NotFoundError } from '@backstage/errors';
import type { ArtifactFact } from '@slipway/plugin-platform-common';
import type { Access, Asking } from '../access';
import type { FactStore } from './FactStore';

/** What people ask about artifacts, over HTTP and as actions alike. */
export class FactOperations {
  readonly #access: Access;
  readonly #store: FactStore;

  constructor(options: { access: Access; store: FactStore }) {
    this.#access = options.access;
    this.#store = options.store;
  }

  /** Empty where its pipeline reported nothing. */
  async list(asking: Asking, digest: string): Promise<ArtifactFact[]> {
    await this.#access.requireRead(asking);
    return this.#store.list(digest);
  }

  /** The CycloneDX document. Throws `NotFoundError` where its pipeline made none. */
  async sbom(asking: Asking, digest: string): Promise<Record<string, unknown>> {
    await this.#access.requireRead(asking);
    const text = await this.#store.document(digest, 'sbom');
    if (text === undefined) {
      throw new NotFoundError(
        `Nothing is known of what is in ${digest}. Add a scan to its pipeline.`,
      );
    }
    return JSON.parse(text);
  }
}
