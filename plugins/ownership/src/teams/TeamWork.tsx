import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import {
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  StateBadge,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { approvalRouteRef, runRouteRef } from '../routes';
import styles from './teams.module.css';

const SHOWN = 5;
const MOST_APPROVALS = 100;

/** What of a team's waits for approval, and what was asked of the platform for it lately. */
export function TeamWork({ team }: { team: string }) {
  const platformApi = useApi(platformApiRef);
  const approvalLink = useRouteRef(approvalRouteRef);
  const runLink = useRouteRef(runRouteRef);
  const live = useLive({
    key: team,
    matches: ({ type }) => type === 'run' || type === 'approval',
    query: async options => {
      const [runs, approvals] = await Promise.all([
        platformApi.listRuns({ owner: [team], limit: SHOWN }, options),
        platformApi.listApprovals(
          { state: 'open', limit: MOST_APPROVALS },
          options,
        ),
      ]);
      return {
        runs: runs.items,
        approvals: approvals.items.filter(({ run }) => run.owner === team),
      };
    },
  });
  return (
    <LiveView live={live} what="the runs of the team">
      {({ runs, approvals }) => (
        <>
          {approvals.length > 0 && (
            <Panel title="Waits for approval" aside={approvals.length}>
              <ul className={styles.list}>
                {approvals.map(({ id, run, approversText, createdAt }) => (
                  <li key={id}>
                    <Link href={approvalLink?.({ approvalId: id })} standalone>
                      {run.title}
                    </Link>
                    <span className={styles.below}>
                      waits for {approversText}, <TimeAgo at={createdAt} />
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <Panel title="Runs" aside="newest first">
            {runs.length === 0 ? (
              <EmptyNotice title="No runs yet" />
            ) : (
              <ul className={styles.list}>
                {runs.map(({ id, title, state, createdAt }) => (
                  <li key={id}>
                    <span>
                      <Link href={runLink?.({ runId: id })} standalone>
                        {title}
                      </Link>
                      <span className={styles.below}>
                        <TimeAgo at={createdAt} />
                      </span>
                    </span>
                    <StateBadge state={state} />
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </>
      )}
    </LiveView>
  );
}
