import type { PipelineJob } from '@slipway/plugin-platform-common';
import { Elapsed, StateDot } from '@slipway/plugin-platform-react';
import { groupByStage } from '../pipelines';
import styles from './JobBoard.module.css';

/** The jobs of a pipeline, a column for each stage; the chosen job's log is shown elsewhere. */
export function JobBoard(props: {
  jobs: PipelineJob[];
  selected: string | undefined;
  onSelect(job: string): void;
}) {
  const { jobs, selected, onSelect } = props;
  return (
    <div className={styles.board}>
      {groupByStage(jobs).map(({ stage, jobs: stageJobs }) => (
        <div key={stage} className={styles.stage}>
          <h3 className={styles.name}>{stage}</h3>
          {stageJobs.map(job => (
            <button
              key={job.name}
              type="button"
              className={styles.job}
              aria-pressed={job.name === selected}
              onClick={() => onSelect(job.name)}
            >
              <StateDot state={job.state} />{' '}
              <span className={styles.label}>{job.name}</span>{' '}
              <span className={styles.time}>
                {job.startedAt && (job.endedAt || job.state === 'running') && (
                  <Elapsed from={job.startedAt} to={job.endedAt} />
                )}
              </span>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
