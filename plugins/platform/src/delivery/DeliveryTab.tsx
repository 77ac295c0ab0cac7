import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  Deployment,
  ReleaseHold,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import { Fragment, useState } from 'react';
import {
  LiveView,
  PersonName,
  platformApiRef,
  TabFrame,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { concerns, useServiceName, useServiceOverview } from '../entity';
import { FactsPanel } from '../facts';
import { OperationDialog, type OperationRequest } from '../operations';
import { ServicePreviews } from '../previews';
import { DeployDialog, type DeployRequest } from './DeployDialog';
import styles from './DeliveryTab.module.css';
import { DeploymentHistory } from './DeploymentHistory';
import { EnvironmentCard } from './EnvironmentCard';
import { HoldsPanel, useHolds } from './HoldsPanel';
import { offersFor } from './offersFor';

const HISTORY_LENGTH = 50;

/** Where a service runs, in which version, and what can be brought where. */
export function DeliveryTab() {
  const service = useServiceName();
  const platformApi = useApi(platformApiRef);
  const overview = useServiceOverview(service);
  const deployments = useLive({
    key: service,
    matches: signal =>
      concerns(signal, service) &&
      (signal.type === 'workload' || signal.type === 'run'),
    query: options =>
      platformApi.listDeployments({ service, limit: HISTORY_LENGTH }, options),
  });
  const holds = useHolds(service);
  // What has come furthest matters most.
  const newest = overview.data?.environments.findLast(
    ({ serving }) => serving,
  )?.serving;
  const [request, setRequest] = useState<DeployRequest>();
  const [operation, setOperation] = useState<OperationRequest>();

  return (
    <TabFrame>
      <HoldsPanel holds={holds} />
      <LiveView live={overview} what="the environments">
        {data => (
          <Environments
            overview={data}
            deployments={deployments.data ?? []}
            holds={holds.data ?? []}
            onDeploy={setRequest}
            onOperate={setOperation}
          />
        )}
      </LiveView>
      {overview.data && (
        <ServicePreviews service={service} owner={overview.data.owner} />
      )}
      {newest && (
        <FactsPanel
          title={`What is known of v${newest.release.number}, in ${newest.environment}`}
          digest={newest.release.artifactDigest}
        />
      )}
      <DeploymentHistory live={deployments} service={service} />
      {request && (
        <DeployDialog
          request={request}
          onClose={() => setRequest(undefined)}
          onDeployed={() => {
            overview.refresh();
            deployments.refresh();
          }}
        />
      )}
      {operation && (
        <OperationDialog
          request={operation}
          onClose={() => setOperation(undefined)}
          onStarted={overview.refresh}
        />
      )}
    </TabFrame>
  );
}

function Environments(props: {
  overview: ServiceOverview;
  deployments: Deployment[];
  holds: ReleaseHold[];
  onDeploy(request: DeployRequest): void;
  onOperate(request: OperationRequest): void;
}) {
  const { overview, deployments, holds, onDeploy, onOperate } = props;
  const self = useSelf();
  const { environments, activeRuns } = overview;
  const offers = offersFor(overview, deployments, holds);
  const firstPromotion = offers.findIndex(({ promotion }) => promotion);
  const isForeign =
    self !== undefined && !self.ownershipEntityRefs.includes(overview.owner);

  return (
    <>
      <div className={styles.environments}>
        {environments.map((state, index) => (
          <Fragment key={state.environment.name}>
            {index > 0 && (
              <span className={styles.arrow} aria-hidden="true">
                →
              </span>
            )}
            <EnvironmentCard
              state={state}
              overview={overview}
              activeRun={activeRuns.find(
                run => run.environment === state.environment.name,
              )}
              offer={offers[index]}
              isNext={index === firstPromotion}
              onDeploy={onDeploy}
              onOperate={onOperate}
            />
          </Fragment>
        ))}
      </div>
      {isForeign && (
        <Text as="p" variant="body-small" color="secondary">
          This service belongs to <PersonName entityRef={overview.owner} />: ask
          them to promote it or roll it back.
        </Text>
      )}
    </>
  );
}
