import { Link, Text } from '@backstage/ui';
import type { Pipeline } from '@slipway/plugin-platform-common';
import {
  Elapsed,
  PersonName,
  Sha,
  StateBadge,
  TimeAgo,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { JobChips } from './JobChips';
import { PipelineFailure } from './PipelineFailure';
import styles from './PipelinesTab.module.css';

/** A pipeline in a list: its commit, how it went, its jobs and, where it failed, why. */
export function PipelineRow(props: { pipeline: Pipeline }) {
  const { pipeline } = props;
  const links = usePlatformLinks();
  const { commit, startedAt, endedAt, state } = pipeline;
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <div className={styles.what}>
          <Link
            href={links.run(pipeline.runId)}
            variant="body-medium"
            weight="bold"
            standalone
          >
            {commit.title}
          </Link>
          <Text as="div" variant="body-small" color="secondary">
            <Link
              href={links.commit(pipeline.repository, commit.sha)}
              variant="body-small"
            >
              <Sha sha={commit.sha} />
            </Link>{' '}
            on {pipeline.branch} by{' '}
            <PersonName entityRef={pipeline.requestedBy} />,{' '}
            <TimeAgo at={pipeline.createdAt} />
          </Text>
        </div>
        <JobChips pipeline={pipeline} />
        <StateBadge state={state} />
        <span className={styles.time}>
          {startedAt && (endedAt || state === 'running') && (
            <Elapsed from={startedAt} to={endedAt} />
          )}
        </span>
      </div>
      {state === 'failed' && <PipelineFailure pipeline={pipeline} />}
    </li>
  );
}
