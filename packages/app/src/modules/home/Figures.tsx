import { Skeleton } from '@backstage/ui';
import type {
  Run,
  ServiceSummary,
  WaitLedger,
} from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import type { PlatformData } from '../live';
import { formatDuration } from './formatDuration';
import { summarizeRuns } from './summarizeRuns';
import styles from './HomePage.module.css';

/** What the figures look back on, in days. */
const DAYS = 30;

/** Props of {@link Figures}. */
export interface FiguresProps {
  services: PlatformData<ServiceSummary[]>;
  runs: PlatformData<Run[]>;
  waits: PlatformData<WaitLedger>;
}

/** Measured figures only; where nothing has been measured yet, they say so. */
export function Figures({ services, runs, waits }: FiguresProps) {
  const since = new Date(Date.now() - DAYS * 24 * 60 * 60 * 1000);
  const summary = runs.value && summarizeRuns(runs.value, since);
  return (
    <dl className={styles.figures}>
      <Figure title="Healthy services" data={services}>
        {services.value && describeHealth(services.value)}
      </Figure>
      <Figure title="Served without a human" data={waits}>
        {waits.value && describeShare(waits.value)}
      </Figure>
      <Figure title="Request to serving" data={runs}>
        {summary && describeMedian(summary.medianDeployMilliseconds)}
      </Figure>
      <Figure title="Runs that failed" data={runs}>
        {summary && describeFailures(summary.failed, summary.ended)}
      </Figure>
    </dl>
  );
}

function Figure(props: {
  title: string;
  data: PlatformData<unknown>;
  children: ReactNode;
}) {
  return (
    <div className={styles.card}>
      <dt className={styles.figureTitle}>{props.title}</dt>
      {props.children || (
        <dd className={styles.figure}>
          {props.data.error ? (
            <span className={styles.figureNote}>could not be loaded</span>
          ) : (
            <Skeleton width={96} height={44} />
          )}
        </dd>
      )}
    </div>
  );
}

function Value(props: { value: string; note: string }) {
  return (
    <dd className={styles.figure}>
      <span className={styles.figureValue}>{props.value}</span>
      <span className={styles.figureNote}>{props.note}</span>
    </dd>
  );
}

function describeHealth(services: ServiceSummary[]) {
  const running = services
    .map(service => service.environments.filter(({ release }) => release))
    .filter(environments => environments.length > 0);
  const healthy = running.filter(environments =>
    environments.every(({ health }) =>
      ['healthy', 'starting'].includes(health),
    ),
  );
  if (services.length === 0) {
    return <Value value="–" note="you own no services yet" />;
  }
  if (running.length === 0) {
    return <Value value="–" note="none is running yet" />;
  }
  return (
    <Value
      value={`${healthy.length} of ${running.length}`}
      note="in every environment"
    />
  );
}

function describeShare({ all: { runs, withoutPeople }, days }: WaitLedger) {
  if (runs === 0) {
    return <Value value="–" note={`no run has ended in ${days} days`} />;
  }
  return (
    <Value
      value={`${Math.floor((withoutPeople / runs) * 100)} %`}
      note={`of ${runs} ${runs === 1 ? 'run' : 'runs'} in ${days} days`}
    />
  );
}

function describeMedian(milliseconds?: number) {
  if (milliseconds === undefined) {
    return <Value value="–" note={`nothing deployed in ${DAYS} days`} />;
  }
  return (
    <Value
      value={formatDuration(milliseconds)}
      note={`median deployment, ${DAYS} days`}
    />
  );
}

function describeFailures(failed: number, ended: number) {
  return (
    <Value
      value={ended === 0 ? '–' : String(failed)}
      note={
        ended === 0 ? `no run has ended in ${DAYS} days` : `in ${DAYS} days`
      }
    />
  );
}
