import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import type { Transfer } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EntityLink,
  ErrorNotice,
  InlineLink,
  LiveView,
  PageFrame,
  Panel,
  StateBadge,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { useParams } from 'react-router-dom';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership, TeamLink } from '../parts';
import { runRouteRef } from '../routes';
import { titleOf } from './titleOf';
import { TransferActions } from './TransferActions';
import { TRANSFER_WORDS } from './transferStates';
import styles from './transfers.module.css';

/** A transfer: what goes where, why, how far it is, and what can be done about it. */
export function TransferPage() {
  const { transferId = '' } = useParams();
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = useLive({
    key: transferId,
    ...onOwnership,
    query: options => ownershipApi.getTransfer(transferId, options),
  });
  const { data } = live;
  return (
    <PageFrame
      title={data ? titleOf(data) : 'Transfer'}
      crumbs={[
        { label: 'Ownership', href: links.overview() },
        { label: 'Transfers', href: links.transfers() },
      ]}
      badge={
        data && (
          <StateBadge state={data.state} {...TRANSFER_WORDS[data.state]} />
        )
      }
      subtitle={
        data && (
          <>
            to <TeamLink team={data.to} title={data.toTitle} />, offered by{' '}
            <EntityLink entityRef={data.offeredBy} />,{' '}
            <TimeAgo at={data.offeredAt} />
          </>
        )
      }
      actions={
        data && <TransferActions transfer={data} onChanged={live.refresh} />
      }
    >
      <LiveView live={live} what="the transfer">
        {transfer => <Details transfer={transfer} />}
      </LiveView>
    </PageFrame>
  );
}

function Details({ transfer }: { transfer: Transfer }) {
  const { problem, touched } = transfer;
  return (
    <>
      {problem && (
        <ErrorNotice
          title="The last try to move it failed"
          error={new Error(problem)}
        />
      )}
      <Panel title="Why">
        <p className={styles.reason}>{transfer.reason}</p>
        <Decision transfer={transfer} />
      </Panel>
      <Panel title="What goes" aside={transfer.entities.length}>
        <DataTable columns={['What', 'From']}>
          {transfer.entities.map(({ entityRef, title, from }) => (
            <tr key={entityRef}>
              <th scope="row">
                <EntityLink entityRef={entityRef}>{title}</EntityLink>
              </th>
              <td data-label="From">
                {from ? <TeamLink team={from} /> : 'nobody'}
              </td>
            </tr>
          ))}
        </DataTable>
      </Panel>
      {touched.length > 0 && (
        <Panel title="What was changed" aside={touched.length}>
          <ul className={styles.touched}>
            {touched.map(place => (
              <li key={place}>{place}</li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function Decision({ transfer }: { transfer: Transfer }) {
  const { decidedBy, decidedAt, decisionReason, runId, state } = transfer;
  const runLink = useRouteRef(runRouteRef);
  const verb =
    state === 'declined' || state === 'withdrawn' ? state : 'accepted';
  return (
    <>
      {decidedBy && decidedAt && (
        <p className={styles.quiet}>
          {verb} by <EntityLink entityRef={decidedBy} />,{' '}
          <TimeAgo at={decidedAt} />
          {decisionReason && `: ${decisionReason}`}
        </p>
      )}
      {runId && (
        <p className={styles.quiet}>
          <InlineLink href={runLink?.({ runId })}>
            The run that moves it
          </InlineLink>
        </p>
      )}
    </>
  );
}
