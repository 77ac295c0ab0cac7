/**
 * What is asked, by name. Each is asked with another sample every time.
 *
 * @typedef {{ component: string, team: string, term: string }} Sample - names of a component and a team, and a word to search for
 * @typedef {(client: import('./CatalogClient.mjs').CatalogClient, sample: Sample) => Promise<unknown>} Query
 */

const page = 'limit=20&orderField=metadata.name,asc';

/** What both backends have. @type {Record<string, Query>} */
export const queries = {
  list: client =>
    client.get(`/catalog/entities/by-query?filter=kind=component&${page}`),
  listOwned: (client, { team }) =>
    client.get(
      `/catalog/entities/by-query?filter=kind=component,relations.ownedBy=group:default/${team}&${page}`,
    ),
  facets: client =>
    client.get(
      '/catalog/entity-facets?facet=kind&facet=spec.type&facet=spec.owner',
    ),
  entityPage,
  search: (client, { term }) =>
    client.get(`/search/query?term=${term}&types[0]=software-catalog`),
};

/** What the page of an entity asks: the entity, whence it comes, and what it is related to. */
async function entityPage(client, { component }) {
  const ref = `component/default/${component}`;
  const { relations } = await client.get(`/catalog/entities/by-name/${ref}`);
  await Promise.all([
    client.get(`/catalog/entities/by-name/${ref}/ancestry`),
    client.post('/catalog/entities/by-refs', {
      entityRefs: relations.map(({ targetRef }) => targetRef),
    }),
  ]);
}

/** What the portal alone has, in less than 100 ms: the name, and the path below /api. @type {[string, (sample: Sample) => string][]} */
export const ownQueries = [];
