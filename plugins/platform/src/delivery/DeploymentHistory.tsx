import { Link } from '@backstage/ui';
import type { Deployment } from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  type Live,
  LiveView,
  Panel,
} from '@slipway/plugin-platform-react';
import { DeploymentTable } from '../deliveries/DeploymentTable';
import { usePlatformLinks } from '../routes';

/** What was deployed where, by whom, and how it went; newest first. */
export function DeploymentHistory(props: {
  live: Live<Deployment[]>;
  service: string;
}) {
  const { live, service } = props;
  const links = usePlatformLinks();
  return (
    <Panel title="History">
      <LiveView live={live} what="the history">
        {deployments =>
          deployments.length === 0 ? (
            <EmptyNotice title="Nothing was deployed yet">
              <span>
                Push to{' '}
                <Link href={links.repository(service)}>the repository</Link>:
                what its pipeline builds is deployed by itself.
              </span>
            </EmptyNotice>
          ) : (
            <DeploymentTable deployments={deployments} />
          )
        }
      </LiveView>
    </Panel>
  );
}
