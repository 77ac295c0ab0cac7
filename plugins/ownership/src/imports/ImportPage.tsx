import { useApi } from '@backstage/frontend-plugin-api';
import type { Import } from '@slipway/plugin-ownership-common';
import {
  EntityLink,
  LiveView,
  PageFrame,
  StateBadge,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { useParams } from 'react-router-dom';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership } from '../parts';
import { ImportActions } from './ImportActions';
import { ImportRows } from './ImportRows';
import { IMPORT_WORDS } from './importStates';
import styles from './imports.module.css';

/** What an import would do, does or did; current. */
export function ImportPage() {
  const { importId = '' } = useParams();
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = useLive({
    key: importId,
    ...onOwnership,
    query: options => ownershipApi.getImport(importId, options),
  });
  const { data } = live;
  return (
    <PageFrame
      title={data?.name ?? 'Import'}
      crumbs={[
        { label: 'Ownership', href: links.overview() },
        { label: 'Imports', href: links.imports() },
      ]}
      badge={
        data && <StateBadge state={data.state} {...IMPORT_WORDS[data.state]} />
      }
      subtitle={
        data && (
          <>
            checked by <EntityLink entityRef={data.createdBy} />,{' '}
            <TimeAgo at={data.createdAt} />
          </>
        )
      }
      actions={data && <ImportActions of={data} onChanged={live.refresh} />}
    >
      <LiveView live={live} what="the import">
        {found => (
          <>
            <Figures counts={found.counts} />
            <ImportRows of={found} />
          </>
        )}
      </LiveView>
    </PageFrame>
  );
}

function Figures({ counts }: Pick<Import, 'counts'>) {
  const figures = [
    ['New', counts.new],
    ['Changed', counts.changed],
    ['As they are', counts.same],
    ['With a gap', counts.gaps],
    ['Left out', counts.error],
    ['Written', counts.written],
  ] as const;
  return (
    <dl className={styles.figures}>
      {figures.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd data-bad={label === 'Left out' && count > 0}>
            {count.toLocaleString()}
          </dd>
        </div>
      ))}
    </dl>
  );
}
