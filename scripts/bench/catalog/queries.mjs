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

/** What the portal alone has: who owns what, in less than 100 ms each. @type {Record<string, Query>} */
export const ownQueries = {
  ownershipPage: client =>
    Promise.all([
      client.get('/ownership/coverage'),
      client.get('/ownership/findings?state=open&limit=25'),
    ]),
  whoOwns: (client, { term }) =>
    client.get(`/ownership/entities?q=${term}&limit=20`),
  ownershipTab: (client, { component }) =>
    client.get(`/ownership/entities/component:default%2F${component}`),
  teamPage: (client, { team }) =>
    Promise.all([
      client.get(`/ownership/teams/group:default%2F${team}`),
      client.get(`/ownership/entities?owner=group:default%2F${team}&limit=50`),
    ]),
  blastRadius: (client, { component }) =>
    client.get(
      `/ownership/entities/component:default%2F${component}/blast-radius`,
    ),
};
