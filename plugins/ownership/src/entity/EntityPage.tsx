import { LiveView, PageFrame } from '@slipway/plugin-platform-react';
import { useParams } from 'react-router-dom';
import { Timeline } from '../history';
import { useOwnershipLinks } from '../links';
import { OwnershipPanels } from './OwnershipPanels';
import { useOwnership } from './useOwnership';

/** An entity that is gone, or that the catalog doesn't show: who owned it, and what happened. */
export function EntityPage() {
  const { kind = '', namespace = '', name = '' } = useParams();
  const entityRef = `${kind}:${namespace}/${name}`;
  const links = useOwnershipLinks();
  const live = useOwnership(entityRef);
  return (
    <PageFrame
      title={live.data?.title ?? name}
      crumbs={[{ label: 'Ownership', href: links.overview() }]}
      subtitle={live.data?.description}
    >
      <LiveView live={live} what="who owns this">
        {ownership => (
          <OwnershipPanels ownership={ownership} onChanged={live.refresh} />
        )}
      </LiveView>
      <Timeline entityRef={entityRef} />
    </PageFrame>
  );
}
