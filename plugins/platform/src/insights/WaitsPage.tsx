import { useApi } from '@backstage/frontend-plugin-api';
import type { LedgerGroup, WaitLedger } from '@slipway/plugin-platform-common';
import { useSearchParams } from 'react-router-dom';
import {
  EmptyNotice,
  FilterBar,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  TimesBar,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { LedgerTable } from './LedgerTable';
import styles from './WaitsPage.module.css';

const GROUPS: Array<{ value: LedgerGroup; label: string }> = [
  { value: 'owner', label: 'Team' },
  { value: 'goldenPath', label: 'Golden path' },
  { value: 'environment', label: 'Environment' },
  { value: 'kind', label: 'Kind of run' },
];

const WHOSE = [
  { value: 'all', label: 'All teams' },
  { value: 'mine', label: 'My teams' },
];

const DAYS = ['7', '30', '90'].map(value => ({
  value,
  label: `${value} days`,
}));

/** Where the time of runs went, and how many waited for no person; by team, golden path, environment or kind. */
export function WaitsPage() {
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const [search, setSearch] = useSearchParams();
  const by = oneOf(GROUPS, search.get('by')) ?? 'owner';
  const days = oneOf(DAYS, search.get('days')) ?? '30';
  const whose = oneOf(WHOSE, search.get('whose')) ?? 'all';
  const owner = whose === 'mine' ? self?.ownershipEntityRefs : undefined;
  const isKnown = whose === 'all' || self !== undefined;

  const live = useLive({
    key: JSON.stringify({ by, days, owner, isKnown }),
    matches: ({ type }) => type === 'run',
    query: async options =>
      isKnown
        ? platformApi.getWaitLedger(
            { groupedBy: by, days: Number(days), owner },
            options,
          )
        : undefined,
  });

  const filters = [
    { name: 'by', label: 'By', options: GROUPS, value: by },
    { name: 'whose', label: 'Whose', options: WHOSE, value: whose },
    { name: 'days', label: 'In the last', options: DAYS, value: days },
  ];
  return (
    <PageFrame title="Insights" subtitle="How long work waits, and for whom">
      <FilterBar
        label="What to show"
        filters={filters}
        onChoose={(name, chosen) => {
          search.set(name, chosen);
          setSearch(search, { replace: true });
        }}
      />
      <LiveView live={live} what="the wait ledger">
        {ledger => ledger && <Ledger ledger={ledger} />}
      </LiveView>
    </PageFrame>
  );
}

function Ledger({ ledger }: { ledger: WaitLedger }) {
  const { all, days, groupedBy } = ledger;
  if (all.runs === 0) {
    return (
      <Panel title="Where the time went">
        <EmptyNotice title={`No run has ended in ${days} days`}>
          Once runs have ended, this shows how long they waited, and for whom.
        </EmptyNotice>
      </Panel>
    );
  }
  const title = GROUPS.find(({ value }) => value === groupedBy)?.label ?? '';
  return (
    <>
      <Panel
        title="Where the time went"
        aside={`${all.runs} ${all.runs === 1 ? 'run' : 'runs'}, summed up`}
      >
        <p className={styles.share}>
          <strong>{Math.floor((all.withoutPeople / all.runs) * 100)} %</strong>{' '}
          were served without a human
        </p>
        <TimesBar times={all.total} />
      </Panel>
      <Panel title={`By ${title.toLocaleLowerCase('en-US')}`} aside="medians">
        <LedgerTable title={title} ledger={ledger} />
      </Panel>
    </>
  );
}

function oneOf<T extends string>(
  options: Array<{ value: T }>,
  chosen: string | null,
): T | undefined {
  return options.find(({ value }) => value === chosen)?.value;
}
