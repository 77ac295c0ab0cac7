import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Select, Text } from '@backstage/ui';
import { useState } from 'react';
import {
  ConfirmDialog,
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { PreviewList } from './PreviewList';
import { usePreviews } from './usePreviews';

/** The previews of a service, and a way to start another. */
export function ServicePreviews(props: { service: string; owner: string }) {
  const { service, owner } = props;
  const live = usePreviews({ service });
  const isOwn = useSelf()?.ownershipEntityRefs.includes(owner) ?? false;
  const [isStarting, setIsStarting] = useState(false);
  return (
    <Panel
      title="Previews"
      aside={
        isOwn && (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setIsStarting(true)}
          >
            Start a preview
          </Button>
        )
      }
    >
      <LiveView live={live} what="the previews">
        {previews =>
          previews.length === 0 ? (
            <EmptyNotice title="No previews">
              Each merge request gets one, for as long as it is open.
            </EmptyNotice>
          ) : (
            <PreviewList
              previews={previews}
              isOfService
              onChanged={live.refresh}
            />
          )
        }
      </LiveView>
      {isStarting && (
        <StartDialog
          service={service}
          onStarted={live.refresh}
          onClose={() => setIsStarting(false)}
        />
      )}
    </Panel>
  );
}

function StartDialog(props: {
  service: string;
  onStarted(): void;
  onClose(): void;
}) {
  const { service, onStarted, onClose } = props;
  const platformApi = useApi(platformApiRef);
  const [chosen, setChosen] = useState<string>();
  const live = useLive({
    key: service,
    matches: signal =>
      signal.type === 'repository' && signal.repository === service,
    query: options => platformApi.listBranches(service, options),
  });
  const branches = (live.data ?? []).filter(({ isDefault }) => !isDefault);
  const branch = chosen ?? branches[0]?.name;
  return (
    <ConfirmDialog
      title="Start a preview"
      confirmLabel="Start it"
      isRefused={branch === undefined}
      onConfirm={async () => {
        await platformApi.startPreview({ service, branch: branch ?? '' });
        onStarted();
      }}
      onClose={onClose}
    >
      <LiveView live={live} what="the branches">
        {() =>
          branches.length === 0 ? (
            <EmptyNotice title="No branch to show">
              Push one: git push origin HEAD:my-change
            </EmptyNotice>
          ) : (
            <>
              <Select
                label="Branch"
                searchable={branches.length > 10}
                options={branches.map(({ name }) => ({
                  value: name,
                  label: name,
                }))}
                selectedKey={branch}
                onSelectionChange={name => setChosen(String(name))}
              />
              <Text as="p" variant="body-small" color="secondary">
                It gets an environment of its own, with its own resources, and
                shows what is green.
              </Text>
            </>
          )
        }
      </LiveView>
    </ConfirmDialog>
  );
}
