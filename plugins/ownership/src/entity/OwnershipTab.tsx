import { LiveView, TabFrame } from '@slipway/plugin-platform-react';
import { DetailsPanel } from '../edits';
import { OwnershipPanels } from './OwnershipPanels';
import { useEntityRef, useOwnership } from './useOwnership';

/** Who owns the entity whose page this is, who else answers for it, and what is wrong with that. */
export function OwnershipTab() {
  const live = useOwnership(useEntityRef());
  return (
    <TabFrame>
      <LiveView live={live} what="who owns this">
        {ownership => (
          <OwnershipPanels ownership={ownership} onChanged={live.refresh} />
        )}
      </LiveView>
      <DetailsPanel />
    </TabFrame>
  );
}
