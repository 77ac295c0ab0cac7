import { useApi } from '@backstage/frontend-plugin-api';
import {
  EmptyNotice,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  ShowMore,
  TabLinks,
  usePages,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { ApprovalRow } from './ApprovalRow';
import styles from './approvals.module.css';

const PAGE_SIZE = 25;

/** The parts of the page: what is asked of the platform, and what an empty list says. */
const PARTS = {
  mine: {
    title: 'Waiting for me',
    path: '',
    filter: { state: 'open', mine: true },
    empty: 'Nothing waits for you',
    next: 'When a run needs your approval you are notified, and it shows up here.',
  },
  open: {
    title: 'All that wait',
    path: '/open',
    filter: { state: 'open' },
    empty: 'Nothing waits for approval',
    next: 'Runs that a rule wants a person to agree to show up here.',
  },
  decided: {
    title: 'Decided',
    path: '/decided',
    filter: { state: 'ended' },
    empty: 'Nothing was decided yet',
    next: 'What was approved, rejected or ran out of time stays listed here.',
  },
} as const;

/** Approvals: those that wait for the reader, all that wait, or those that have ended; current. */
export function ApprovalsPage(props: { part: keyof typeof PARTS }) {
  const { filter, empty, next } = PARTS[props.part];
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const live = usePages({
    key: props.part,
    matches: ({ type }) => type === 'approval' || type === 'run',
    load: (cursor, options) =>
      platformApi.listApprovals(
        { ...filter, cursor, limit: PAGE_SIZE },
        options,
      ),
  });

  return (
    <PageFrame
      title="Approvals"
      subtitle="What waits for a person to agree, and what came of it"
    >
      <TabLinks
        label="Approvals"
        tabs={Object.values(PARTS).map(part => ({
          title: part.title,
          href: `${links.approvals()}${part.path}`,
        }))}
      />
      <Panel title="Newest first">
        <LiveView live={live} what="the approvals">
          {({ items, hasMore }) =>
            items.length === 0 ? (
              <EmptyNotice title={empty}>{next}</EmptyNotice>
            ) : (
              <>
                <ul className={styles.list}>
                  {items.map(approval => (
                    <ApprovalRow key={approval.id} approval={approval} />
                  ))}
                </ul>
                {hasMore && <ShowMore live={live} />}
              </>
            )
          }
        </LiveView>
      </Panel>
    </PageFrame>
  );
}
