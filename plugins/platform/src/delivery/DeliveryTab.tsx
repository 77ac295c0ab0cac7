import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  Deployment,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import { Fragment, useState } from 'react';
import { platformApiRef } from '../api';
import { LiveView, PersonName, TabFrame } from '../components';
import { concerns, useServiceName, useServiceOverview } from '../entity';
import { useLive } from '../live';
import { useSelf } from '../people';
import { DeployDialog, type DeployRequest } from './DeployDialog';
import styles from './DeliveryTab.module.css';
import { DeploymentHistory } from './DeploymentHistory';
import { EnvironmentCard } from './EnvironmentCard';
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
  const [request, setRequest] = useState<DeployRequest>();

  return (
    <TabFrame>
      <LiveView live={overview} what="the environments">
        {data => (
          <Environments
            overview={data}
            deployments={deployments.data ?? []}
            onDeploy={setRequest}
          />
        )}
      </LiveView>
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
    </TabFrame>
  );
}

function Environments(props: {
  overview: ServiceOverview;
  deployments: Deployment[];
  onDeploy(request: DeployRequest): void;
}) {
  const { overview, deployments, onDeploy } = props;
  const self = useSelf();
  const { environments, activeRuns } = overview;
  const offers = offersFor(overview, deployments);
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
