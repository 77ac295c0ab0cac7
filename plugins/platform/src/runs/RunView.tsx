import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
} from '@backstage/ui';
import type { Run } from '@slipway/plugin-platform-common';
import { useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  FailureNotice,
  PageFrame,
  Panel,
  StateBadge,
} from '@slipway/plugin-platform-react';
import { type RunStream } from '../live';
import { chooseJob } from '../pipelines';
import { usePlatformLinks } from '../routes';
import { wordOfRun } from '../waits';
import { FactsPanels } from './FactsPanels';
import { JobBoard } from './JobBoard';
import { NextRuns } from './NextRuns';
import { QueueNotice } from './QueueNotice';
import { RemainsPanel } from './RemainsPanel';
import { RunActions } from './RunActions';
import { JobLogView, StepLog } from './RunLogs';
import { RunSubtitle } from './RunSubtitle';
import { StepPanels } from './StepPanels';
import { WaitPanel } from './WaitPanel';

/** A run: how it stands, its steps, its jobs where it is a pipeline, and their logs. */
export function RunView(props: { run: Run; stream: RunStream }) {
  const { run, stream } = props;
  const { pipeline } = stream;
  const links = usePlatformLinks();
  const [search, setSearch] = useSearchParams();
  const logs = useRef<HTMLDivElement>(null);
  const jobs = pipeline?.jobs ?? [];
  const job = chooseJob(jobs, search.get('job') ?? undefined);
  const failedJob = pipeline?.failure?.job;

  const showJob = (name: string) => {
    setSearch({ job: name }, { replace: true });
  };

  return (
    <PageFrame
      title={run.title}
      crumbs={[{ label: 'Runs', href: links.runs() }]}
      badge={<StateBadge state={run.state} label={wordOfRun(run)} />}
      subtitle={<RunSubtitle run={run} pipeline={pipeline} />}
      actions={<RunActions run={run} onChanged={stream.restart} />}
    >
      {run.queue && <QueueNotice queue={run.queue} />}
      <WaitPanel run={run} />
      {run.failure && (
        <FailureNotice
          failure={run.failure}
          isIntended={run.state === 'cancelled'}
          action={
            failedJob && (
              <Button
                variant="secondary"
                size="small"
                onPress={() => {
                  showJob(failedJob);
                  logs.current?.scrollIntoView({ block: 'start' });
                }}
              >
                Show the log of {failedJob}
              </Button>
            )
          }
        />
      )}
      <RemainsPanel run={run} />
      <StepPanels run={run} />
      <FactsPanels run={run} />
      {jobs.length > 0 && (
        <Panel title="Jobs">
          <JobBoard jobs={jobs} selected={job?.name} onSelect={showJob} />
        </Panel>
      )}
      <NextRuns run={run} />
      <div ref={logs}>
        {pipeline && job ? (
          <JobLogView key={job.name} pipeline={pipeline} job={job} />
        ) : (
          <StepLog run={run} stream={stream} />
        )}
      </div>
      {job && (
        <Accordion>
          <AccordionTrigger title="Log of the steps" />
          <AccordionPanel>
            <StepLog run={run} stream={stream} />
          </AccordionPanel>
        </Accordion>
      )}
    </PageFrame>
  );
}
