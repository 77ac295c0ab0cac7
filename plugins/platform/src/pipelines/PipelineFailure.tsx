import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import type { Pipeline } from '@slipway/plugin-platform-common';
import {
  FailureNotice,
  keyboardScroll,
  plainText,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './PipelinesTab.module.css';

/** So many of a log's last lines are enough to see what went wrong. */
const TAIL = 12;

/** Why a pipeline failed, and the last lines of the job that did. */
export function PipelineFailure(props: { pipeline: Pipeline }) {
  const { pipeline } = props;
  const links = usePlatformLinks();
  const job =
    pipeline.failure?.job ??
    pipeline.jobs.find(({ state }) => state === 'failed')?.name;
  return (
    <div className={styles.failure}>
      <FailureNotice
        failure={
          pipeline.failure ?? {
            message: job ? `Job ${job} failed.` : 'The pipeline failed.',
          }
        }
        action={
          <ButtonLink
            variant="secondary"
            size="small"
            href={links.run(pipeline.runId, job)}
          >
            Open the log
          </ButtonLink>
        }
      />
      {job && <LogTail pipelineId={pipeline.id} job={job} />}
    </div>
  );
}

function LogTail({ pipelineId, job }: { pipelineId: string; job: string }) {
  const platformApi = useApi(platformApiRef);
  const { data: lines = [] } = useLive({
    key: `${pipelineId}/${job}`,
    matches: signal =>
      signal.type === 'pipeline' && signal.pipelineId === pipelineId,
    query: async options => {
      const tail: string[] = [];
      let after = 0;
      for (;;) {
        const page = await platformApi.getJobLog(
          pipelineId,
          job,
          after,
          options,
        );
        if (page.lines.length === 0) {
          return tail;
        }
        after = page.lines[page.lines.length - 1].sequence;
        tail.push(...page.lines.map(({ text }) => plainText(text)));
        tail.splice(0, tail.length - TAIL);
      }
    },
  });
  return lines.length > 0 ? (
    <pre
      className={styles.tail}
      aria-label={`Last lines of ${job}`}
      {...keyboardScroll}
    >
      {lines.join('\n')}
    </pre>
  ) : undefined;
}
