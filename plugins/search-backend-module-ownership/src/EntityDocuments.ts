import type { DatabaseDocumentStore } from '@backstage/plugin-search-backend-module-pg';
import type { IndexableDocument } from '@backstage/plugin-search-common';
import type { Knex } from 'knex';

/** The type of document that the catalog's collator makes. */
const TYPE = 'software-catalog';

/** The documents of entities in the search's PostgreSQL. */
export class EntityDocuments {
  readonly #knex: Knex;
  readonly #store: Pick<
    DatabaseDocumentStore,
    'prepareInsert' | 'insertDocuments'
  >;

  constructor(options: {
    knex: Knex;
    store: Pick<DatabaseDocumentStore, 'prepareInsert' | 'insertDocuments'>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
  }

  /** Puts documents in the place of those of these entities; of those without a document, nothing is left. */
  async replace(
    entityRefs: readonly string[],
    documents: readonly IndexableDocument[],
  ): Promise<void> {
    await this.#knex.transaction(async trx => {
      await this.#store.prepareInsert(trx);
      if (documents.length > 0) {
        await this.#store.insertDocuments(trx, TYPE, [...documents]);
      }
      await trx.raw(
        `INSERT INTO documents (type, document, hash)
         SELECT type, document, hash FROM documents_to_insert ON CONFLICT (hash) DO NOTHING`,
      );
      await trx('documents')
        .where({ type: TYPE })
        // One condition each, as the index of documents serves these, and no list of them.
        .where(query =>
          entityRefs.forEach(resourceRef =>
            query.orWhereRaw('document @> ?::jsonb', [
              JSON.stringify({ authorization: { resourceRef } }),
            ]),
          ),
        )
        .whereNotIn('hash', trx('documents_to_insert').select('hash'))
        .delete();
    });
  }
}
