import type { Readable } from 'node:stream';
import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type {
  Import,
  ImportedFolder,
  ImportRow,
  ImportRowFilter,
  PendingEntity,
} from '@slipway/plugin-ownership-common';
import type { Page } from '@slipway/plugin-platform-common';
import { type Asking, withAudit } from '@slipway/plugin-platform-node';
import type { Access } from '../access';
import type { ImportedEntityStore } from './ImportedEntityStore';
import type { ImportService } from './ImportService';
import type { ImportStore } from './ImportStore';
import { readCsv } from './readCsv';
import { readFolder } from './readFolder';

type HttpRequest = Parameters<HttpAuthService['credentials']>[0];

/** What people, and the catalog backend, ask of imports. */
export class ImportOperations {
  readonly #access: Access;
  readonly #auditor: AuditorService;
  readonly #httpAuth: HttpAuthService;
  readonly #imports: ImportService;
  readonly #store: ImportStore;
  readonly #entities: ImportedEntityStore;

  constructor(options: {
    access: Access;
    auditor: AuditorService;
    httpAuth: HttpAuthService;
    imports: ImportService;
    store: ImportStore;
    entities: ImportedEntityStore;
  }) {
    this.#access = options.access;
    this.#auditor = options.auditor;
    this.#httpAuth = options.httpAuth;
    this.#imports = options.imports;
    this.#store = options.store;
    this.#entities = options.entities;
  }

  async checkCsv(
    asking: Asking,
    name: string,
    text: Readable,
  ): Promise<Import> {
    const { userRef: createdBy } = await this.#access.requireImporter(asking);
    return this.#imports.check(
      { name, source: 'csv', createdBy },
      readCsv(text),
    );
  }

  async checkFolder(asking: Asking, folder: ImportedFolder): Promise<Import> {
    const { userRef: createdBy } = await this.#access.requireImporter(asking);
    return this.#imports.check(
      { name: folder.name, source: 'folder', createdBy },
      readFolder(folder, await this.#imports.directory()),
    );
  }

  async list(
    asking: Asking,
    page: { cursor?: string; limit: number },
  ): Promise<Page<Import>> {
    await this.#access.requireRead(asking);
    return this.#store.list(page);
  }

  async get(asking: Asking, id: string): Promise<Import> {
    await this.#access.requireRead(asking);
    return this.#imports.get(id);
  }

  async rows(
    asking: Asking,
    id: string,
    filter: ImportRowFilter & { limit: number },
  ): Promise<Page<ImportRow>> {
    await this.#access.requireRead(asking);
    await this.#imports.get(id);
    return this.#store.rows(id, filter);
  }

  apply(asking: Asking, id: string): Promise<Import> {
    return this.#audited('import-apply', asking, id, userRef =>
      this.#imports.apply(id, userRef),
    );
  }

  remove(asking: Asking, id: string): Promise<Import> {
    return this.#audited('import-remove', asking, id, () =>
      this.#imports.remove(id),
    );
  }

  async pending(request: HttpRequest, limit: number): Promise<PendingEntity[]> {
    await this.#httpAuth.credentials(request, { allow: ['service'] });
    return this.#entities.pending(limit);
  }

  async provided(
    request: HttpRequest,
    items: ReadonlyArray<Pick<PendingEntity, 'entityRef' | 'version'>>,
  ): Promise<void> {
    await this.#httpAuth.credentials(request, { allow: ['service'] });
    await this.#entities.provided(items);
  }

  async #audited(
    eventId: string,
    asking: Asking,
    id: string,
    action: (userRef: string) => Promise<Import>,
  ): Promise<Import> {
    const { userRef } = await this.#access.requireImporter(asking);
    return withAudit(
      this.#auditor,
      { eventId, severityLevel: 'medium', meta: { id, actor: userRef } },
      () => action(userRef),
    );
  }
}
