import { EmptyNotice, LiveView, Panel } from '@slipway/plugin-platform-react';
import { PreviewList } from './PreviewList';
import { usePreviews } from './usePreviews';

/** The previews of all services. */
export function AllPreviews() {
  const live = usePreviews();
  return (
    <Panel title="Previews">
      <LiveView live={live} what="the previews">
        {previews =>
          previews.length === 0 ? (
            <EmptyNotice title="No previews">
              Each merge request gets one, where an environment may be cloned.
            </EmptyNotice>
          ) : (
            <PreviewList previews={previews} onChanged={live.refresh} />
          )
        }
      </LiveView>
    </Panel>
  );
}
