import { useApi } from '@backstage/frontend-plugin-api';
import type { BlastRadius } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  EntityLink,
  LiveView,
  Panel,
  useLive,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { OnDuty } from '../onCall';
import { onOwnership, TeamLink } from '../parts';
import styles from './dependencies.module.css';

/** What would not work, or not as well, without an entity: who is affected, and who is on call there. */
export function BlastRadiusPanel({ entityRef }: { entityRef: string }) {
  const ownershipApi = useApi(ownershipApiRef);
  const live = useLive({
    key: entityRef,
    ...onOwnership,
    query: options => ownershipApi.getBlastRadius(entityRef, options),
  });
  const total = live.data?.total;
  return (
    <Panel
      title="Blast radius"
      aside={total !== undefined && `${total} affected`}
    >
      <LiveView live={live} what="the blast radius">
        {radius =>
          radius.total === 0 ? (
            <EmptyNotice title="Nothing depends on this" />
          ) : (
            <Affected radius={radius} />
          )
        }
      </LiveView>
    </Panel>
  );
}

function Affected({ radius }: { radius: BlastRadius }) {
  return (
    <>
      <DataTable
        label="Teams affected"
        columns={['Team', 'Affected', 'Steps away', 'On call now']}
      >
        {radius.teams.map(({ team, title, entities, distance, onCall }) => (
          <tr key={team}>
            <th scope="row" data-wide="">
              <TeamLink team={team} title={title} />
            </th>
            <td data-label="Affected">{entities}</td>
            <td data-label="Steps away">{distance}</td>
            <td data-label="On call">
              {onCall.length === 0
                ? 'nobody named'
                : onCall.map((duty, index) => (
                    <OnDuty key={duty.rotation ?? index} person={duty.now} />
                  ))}
            </td>
          </tr>
        ))}
      </DataTable>
      <ol className={styles.layers}>
        {radius.layers.map(({ distance, entities }) => (
          <li key={distance}>
            <strong>
              {distance === 1 ? 'Needs it itself' : `${distance} steps away`}
            </strong>{' '}
            {entities.map(({ entityRef, title }, index) => (
              <span key={entityRef}>
                {index > 0 && ', '}
                <EntityLink entityRef={entityRef}>{title}</EntityLink>
              </span>
            ))}
          </li>
        ))}
      </ol>
      {radius.truncated && (
        <p className={styles.note}>There is more than is shown.</p>
      )}
    </>
  );
}
