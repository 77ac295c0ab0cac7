import { Button, ButtonLink, Text } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type {
  Environment,
  Run,
  ServiceEnvironment,
  ServiceOverview,
} from '@slipway/plugin-platform-common';
import { CommitLine, Panel, Sha, StateBadge } from '../components';
import type { DeployRequest } from './DeployDialog';
import styles from './DeliveryTab.module.css';
import { FailedDeployment } from './FailedDeployment';
import type { Offer } from './offersFor';
import { UnderWay } from './UnderWay';

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
}) {
  const { state, overview, activeRun, offer, isNext, onDeploy } = props;
  const { environment, status, serving, latest, releasesBehind } = state;
  const { promotion, rollback } = offer;
  const url = status.url ?? serving?.url;
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
            <span className={styles.number}>v{serving.release.number}</span>{' '}
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
          {status.message && status.health !== 'healthy' && (
            <Text as="div" variant="body-small" color="secondary">
              {status.message}
            </Text>
          )}
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
      {hasComeToNothing(latest) && !activeRun && (
        <FailedDeployment deployment={latest} serving={serving} />
      )}
      {serving && (
        <div className={styles.actions}>
          {url && (
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
          {rollback && !activeRun && (
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
    (latest?.state === 'cancelled' && latest.failure !== undefined)
  );
}
