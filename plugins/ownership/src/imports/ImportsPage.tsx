import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Import } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  EntityLink,
  LiveView,
  PageFrame,
  Panel,
  ShowMore,
  StateBadge,
  TimeAgo,
  usePages,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership } from '../parts';
import { IMPORT_WORDS } from './importStates';
import { NewImport } from './NewImport';

const PAGE_SIZE = 25;

/** Existing services join the catalog, many at once. */
export function ImportsPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = usePages({
    key: 'imports',
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.listImports({ cursor, limit: PAGE_SIZE }, options),
  });
  return (
    <PageFrame
      title="Imports"
      crumbs={[{ label: 'Ownership', href: links.overview() }]}
      subtitle="Existing services join the catalog, with who owns them"
    >
      <NewImport />
      <Panel title="Newest first">
        <LiveView live={live} what="the imports">
          {({ items, hasMore }) =>
            items.length === 0 ? (
              <EmptyNotice title="Nothing was imported yet">
                Services that are created here, or whose repositories are pushed
                here with a catalog-info.yaml, join by themselves.
              </EmptyNotice>
            ) : (
              <>
                <ImportTable imports={items} />
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function ImportTable({ imports }: { imports: Import[] }) {
  const links = useOwnershipLinks();
  return (
    <DataTable columns={['What', 'State', 'Entities', 'Left out', 'By']}>
      {imports.map(({ id, name, state, counts, createdBy, createdAt }) => (
        <tr key={id}>
          <th scope="row" data-wide="">
            <Link href={links.import(id)} standalone>
              {name}
            </Link>
          </th>
          <td>
            <StateBadge state={state} {...IMPORT_WORDS[state]} />
          </td>
          <td data-label="Entities">
            {(counts.rows - counts.error).toLocaleString()}
          </td>
          <td data-label="Left out">{counts.error.toLocaleString()}</td>
          <td data-label="By">
            <EntityLink entityRef={createdBy} />, <TimeAgo at={createdAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
