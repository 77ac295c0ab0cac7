import { useApi } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import {
  Panel,
  platformApiRef,
  StateBadge,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { RunProgress } from './RunProgress';
import styles from './RunPage.module.css';

/** The deployments that a pipeline started. */
export function NextRuns(props: { run: Run }) {
  const ids = nextRunIds(props.run);
  return ids.length > 0 ? <NextRunList ids={ids} /> : undefined;
}

function NextRunList({ ids }: { ids: string[] }) {
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const { data: runs = [] } = useLive({
    key: ids.join(),
    matches: signal => signal.type === 'run' && ids.includes(signal.runId),
    query: options =>
      Promise.all(ids.map(id => platformApi.getRun(id, options))),
  });
  return (
    <Panel title="Goes on with">
      <ul className={styles.list}>
        {runs.map(run => (
          <li key={run.id} className={styles.next}>
            <Link href={links.run(run.id)} weight="bold" standalone>
              {run.title}
            </Link>
            <StateBadge state={run.state} />
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** A pipeline run names the deployments it started in the output of the step that started them. */
function nextRunIds(run: Run): string[] {
  const outputs = [run.output, ...run.steps.map(step => step.output)];
  const ids = outputs.flatMap(output => output?.deployRunIds ?? []);
  return [...new Set(ids.filter(id => typeof id === 'string'))];
}
