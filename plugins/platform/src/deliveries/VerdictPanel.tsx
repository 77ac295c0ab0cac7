import { Text } from '@backstage/ui';
import type {
  Deployment,
  RolloutVerdict,
  TrafficSummary,
} from '@slipway/plugin-platform-common';
import { DataTable, Panel, StateBadge } from '@slipway/plugin-platform-react';

const WORDS: Record<RolloutVerdict['state'], string> = {
  good: 'no worse than before',
  sour: 'worse than before',
  unknown: 'too few requests',
};

/** How a release did in an environment, beside the one before it. */
export function VerdictPanel({ deployment }: { deployment: Deployment }) {
  const { environment, verdict, release, previous } = deployment;
  if (!verdict) {
    return null;
  }
  const { state, message, now, before } = verdict;
  return (
    <Panel
      title={`How it did in ${environment}`}
      aside={<StateBadge state={state} label={WORDS[state]} />}
    >
      <Text as="p" variant="body-small">
        {message}
      </Text>
      <DataTable
        label={`Requests in ${environment}`}
        columns={['Release', 'Requests', 'Failed', '95 of 100 within']}
      >
        <SummaryRow name={`v${release.number}`} summary={now} />
        {before && (
          <SummaryRow
            name={previous ? `v${previous.release}` : 'the one before'}
            summary={before}
          />
        )}
      </DataTable>
    </Panel>
  );
}

function SummaryRow(props: { name: string; summary: TrafficSummary }) {
  const { name, summary } = props;
  const { requests, errorRate, p95Ms } = summary;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="Requests">{requests}</td>
      <td data-label="Failed">{Number((errorRate * 100).toFixed(1))} %</td>
      <td data-label="95 of 100 within">
        {p95Ms === undefined ? '-' : `${Math.round(p95Ms)} ms`}
      </td>
    </tr>
  );
}
