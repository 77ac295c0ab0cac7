import { Link } from '@backstage/ui';
import type { Pipeline } from '@slipway/plugin-platform-common';
import { StateDot } from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './PipelinesTab.module.css';

/** The jobs of a pipeline, each with its state, leading to its log. */
export function JobChips(props: { pipeline: Pipeline }) {
  const { pipeline } = props;
  const links = usePlatformLinks();
  return (
    <div className={styles.chips}>
      {pipeline.jobs.map(job => (
        <Link
          key={job.name}
          className={styles.chip}
          href={links.run(pipeline.runId, job.name)}
          variant="body-x-small"
          standalone
        >
          <StateDot state={job.state} /> {job.name}
        </Link>
      ))}
    </div>
  );
}
