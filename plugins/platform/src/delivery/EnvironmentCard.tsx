import { Button, ButtonLink, Link, Text } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type {
  Environment,
  Run,
  ServiceEnvironment,
  ServiceOperation,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import { Panel, Sha, StateBadge } from '@slipway/plugin-platform-react';
import { CommitLine } from '../commits';
import {
  OperationMenu,
  type OperationRequest,
  operationsFor,
} from '../operations';
import { usePlatformLinks } from '../routes';
import type { DeployRequest } from './DeployDialog';
import styles from './DeliveryTab.module.css';
import { FailedDeployment } from './FailedDeployment';
import type { Offer } from './offersFor';
import { ReplicaNote } from './ReplicaNote';
import { RolloutNotice } from './RolloutNotice';
import { UnderWay } from './UnderWay';
import { WorkloadNote } from './WorkloadNote';

/** A service in one environment: what serves, how well, and what can be done about it. */
export function EnvironmentCard(props: {
  state: ServiceEnvironment;
  overview: ServiceOverview;
  /** The run that is changing this environment, or waits to. */
  activeRun?: Run;
  offer: Offer;
  /** Whether promoting from here is what would be done next. */
  isNext: boolean;
  onDeploy(request: DeployRequest): void;
  onOperate(request: OperationRequest): void;
}) {
  const { state, overview, activeRun, offer, isNext } = props;
  const { onDeploy, onOperate } = props;
  const { environment, status, serving, latest, releasesBehind } = state;
  const { promotion, rollback } = offer;
  const links = usePlatformLinks();
  const url = status.url ?? serving?.url;
  const operate = (operation: ServiceOperation) =>
    onOperate({
      operation,
      service: overview.service,
      environment,
      replicas: status.replicas?.wanted ?? 1,
    });
  return (
    <Panel
      title={environment.title}
      aside={
        <>
          {environment.protected && <StateBadge state="protected" />}
          {serving && <StateBadge state={status.health} dot />}
        </>
      }
    >
      {serving ? (
        <>
          <div className={styles.version}>
            <Link
              href={links.release(overview.service, serving.release.number)}
              className={styles.number}
              standalone
            >
              v{serving.release.number}
            </Link>{' '}
            <Sha sha={serving.release.commit.sha} />
          </div>
          <CommitLine
            commit={serving.release.commit}
            repository={overview.repository?.name}
          />
          {releasesBehind > 0 && (
            <Text as="div" variant="body-small" weight="bold">
              {releasesBehind} {releasesBehind === 1 ? 'release' : 'releases'}{' '}
              behind the newest
            </Text>
          )}
          <ReplicaNote status={status} />
          {status.message && !status.stopped && status.health !== 'healthy' && (
            <Text as="div" variant="body-small" color="secondary">
              {status.message}
            </Text>
          )}
          <WorkloadNote status={status} />
          {status.restarts > 0 && (
            <Text as="div" variant="body-small" color="warning">
              restarted {status.restarts}{' '}
              {status.restarts === 1 ? 'time' : 'times'}
            </Text>
          )}
        </>
      ) : (
        <Text as="p" variant="body-medium" color="secondary">
          Nothing runs here yet. {!activeRun && nextStep(environment)}
        </Text>
      )}
      {activeRun && <UnderWay run={activeRun} />}
      {serving && <RolloutNotice deployment={serving} />}
      {latest && <RolloutNotice deployment={latest} />}
      {hasComeToNothing(latest) && !activeRun && (
        <FailedDeployment deployment={latest} serving={serving} />
      )}
      {serving && (
        <div className={styles.actions}>
          {status.stopped && (
            <Button
              size="small"
              variant="secondary"
              aria-label={`Start ${environment.title}`}
              onPress={() => operate('start')}
            >
              Start
            </Button>
          )}
          {url && !status.stopped && (
            <ButtonLink
              size="small"
              variant="secondary"
              href={url}
              target="_blank"
              rel="noopener"
              iconEnd={<RiExternalLinkLine />}
              aria-label={`Open ${overview.service} in ${environment.title}`}
            >
              Open
            </ButtonLink>
          )}
          {rollback && (
            <Button
              size="small"
              variant="secondary"
              aria-label={`Roll back ${environment.title}`}
              onPress={() => onDeploy(rollback)}
            >
              Roll back
            </Button>
          )}
          {promotion && (
            <Button
              size="small"
              variant={isNext ? 'primary' : 'secondary'}
              onPress={() => onDeploy(promotion)}
            >
              Promote to {promotion.environment.name}
            </Button>
          )}
          {!status.stopped && (
            <OperationMenu
              operations={operationsFor(status)}
              label={environment.title}
              onAsk={operate}
            />
          )}
        </div>
      )}
    </Panel>
  );
}

function nextStep({ autoDeploy }: Environment): string {
  return autoDeploy
    ? 'The next green pipeline is deployed here.'
    : 'Promote a release from the environment before.';
}

/** A deployment that was cancelled by a person says nothing new; one that was rejected does. */
function hasComeToNothing(
  latest: ServiceEnvironment['latest'],
): latest is NonNullable<typeof latest> {
  return (
    latest?.state === 'failed' ||
    latest?.state === 'rolled-back' ||
    (latest?.state === 'cancelled' && latest.failure !== undefined)
  );
}
