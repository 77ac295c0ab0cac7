import { TabFrame } from '@slipway/plugin-platform-react';
import { useEntityRef } from '../entity/useOwnership';
import { Timeline } from './Timeline';

/** What happened to the entity whose page this is. */
export function TimelineTab() {
  return (
    <TabFrame>
      <Timeline entityRef={useEntityRef()} />
    </TabFrame>
  );
}
