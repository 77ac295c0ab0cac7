import type { Run } from '@slipway/plugin-platform-common';
import { Alert } from '@backstage/ui';
import { EntityLink, Panel, TimeAgo } from '@slipway/plugin-platform-react';
import { RemainsList } from '../decisions';

/** What a run that did not end well has left behind, and whether anybody goes on with it. */
export function RemainsPanel(props: { run: Run }) {
  const { remains, givenUp, state } = props.run;
  const didNotEndWell = ['failed', 'cancelled', 'undone'].includes(state);
  return (
    <>
      {givenUp && (
        <Alert
          status="warning"
          icon
          title={
            <>
              Given up by <EntityLink entityRef={givenUp.by} />,{' '}
              <TimeAgo at={givenUp.at} />
            </>
          }
          description={
            remains.length > 0
              ? 'Nobody goes on with this run. What it left behind is listed below.'
              : 'Nobody goes on with this run. It left nothing behind.'
          }
        />
      )}
      {didNotEndWell && remains.length > 0 && (
        <Panel title="Still there">
          <RemainsList remains={remains} />
        </Panel>
      )}
    </>
  );
}
