import { LiveView, Panel } from '@slipway/plugin-platform-react';
import { PreviewList } from './PreviewList';
import { usePreviews } from './usePreviews';

/** The preview of a branch; nothing where it has none. */
export function BranchPreview(props: { service: string; branch: string }) {
  const live = usePreviews(props);
  return live.data?.length === 0 ? undefined : (
    <Panel title="Preview">
      <LiveView live={live} what="the preview">
        {previews => (
          <PreviewList
            previews={previews}
            isOfService
            onChanged={live.refresh}
          />
        )}
      </LiveView>
    </Panel>
  );
}
