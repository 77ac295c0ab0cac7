import { useApi } from '@backstage/frontend-plugin-api';
import { Button, ButtonLink } from '@backstage/ui';
import type { ReleaseDetail } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import {
  CopyField,
  EmptyNotice,
  type Live,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  StateBadge,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { CommitLine } from '../commits';
import { CommitRange } from '../decisions';
import { HoldDialog, HoldsPanel, useHolds } from '../delivery/HoldsPanel';
import { FactsPanel } from '../facts';
import { usePlatformLinks } from '../routes';
import { ConfigurationPanel } from './ConfigurationPanel';
import { DeploymentTable } from './DeploymentTable';
import { VerdictPanel } from './VerdictPanel';

/** One release: what it was made from, where it was brought and how it did there, and what keeps it from going on. */
export function ReleasePage() {
  const { service = '', number = '' } = useParams();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const holds = useHolds(service);
  const live = useLive({
    key: `${service} v${number}`,
    matches: signal =>
      (signal.type === 'run' || signal.type === 'service') &&
      signal.service === service,
    query: options => platformApi.getRelease(service, Number(number), options),
  });
  const [isHolding, setIsHolding] = useState(false);
  const detail = live.data;

  return (
    <PageFrame
      title={`${service} v${number}`}
      crumbs={[
        { label: 'Deliveries', href: links.deliveries() },
        { label: service, href: links.service(service, 'delivery') },
      ]}
      badge={detail?.hold && <StateBadge state="held" />}
      subtitle={
        detail && (
          <>
            Built <TimeAgo at={detail.release.createdAt} />
          </>
        )
      }
      actions={
        detail && (
          <>
            <Neighbour detail={detail} number={detail.before} label="Earlier" />
            <Neighbour detail={detail} number={detail.after} label="Later" />
            {!detail.hold && (
              <Button variant="secondary" onPress={() => setIsHolding(true)}>
                Hold
              </Button>
            )}
          </>
        )
      }
    >
      <HoldsPanel
        isOwnPage
        holds={{
          ...holds,
          data: holds.data?.filter(({ id }) => id === detail?.hold?.id),
        }}
      />
      <Release live={live} />
      {isHolding && (
        <HoldDialog
          service={service}
          release={Number(number)}
          onHeld={() => {
            live.refresh();
            holds.refresh();
          }}
          onClose={() => setIsHolding(false)}
        />
      )}
    </PageFrame>
  );
}

function Release({ live }: { live: Live<ReleaseDetail> }) {
  return (
    <LiveView live={live} what="the release">
      {({ release, before, commits, deployments, configurations }) => {
        const judged = deployments.filter(({ verdict }) => verdict);
        return (
          <>
            <Panel title="What it is made from">
              <CommitLine
                commit={release.commit}
                repository={release.service}
              />
              <CopyField label="Digest" text={release.artifactDigest} />
            </Panel>
            {commits && (
              <Panel title={`Since v${before}`}>
                <CommitRange commits={commits} />
              </Panel>
            )}
            <FactsPanel
              title="What is known of it"
              digest={release.artifactDigest}
            />
            {judged.map(deployment => (
              <VerdictPanel key={deployment.id} deployment={deployment} />
            ))}
            <Panel title="Where it was brought">
              {deployments.length > 0 ? (
                <DeploymentTable deployments={deployments} />
              ) : (
                <EmptyNotice title="Nowhere yet">
                  No environment deploys by itself. Deploy it from the service's
                  Delivery tab.
                </EmptyNotice>
              )}
            </Panel>
            <ConfigurationPanel
              service={release.service}
              configurations={configurations}
            />
          </>
        );
      }}
    </LiveView>
  );
}

function Neighbour(props: {
  detail: ReleaseDetail;
  number: number | undefined;
  label: string;
}) {
  const { detail, number, label } = props;
  const links = usePlatformLinks();
  return number === undefined ? null : (
    <ButtonLink
      variant="secondary"
      href={links.release(detail.release.service, number)}
    >
      {label}: v{number}
    </ButtonLink>
  );
}
