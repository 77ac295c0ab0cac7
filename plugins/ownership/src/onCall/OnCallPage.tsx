import { useApi } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { RotationList } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EmptyNotice,
  EntityLink,
  InlineLink,
  LiveView,
  Panel,
  useLive,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership, OwnershipFrame, TeamLink } from '../parts';
import { OnDuty } from './DutyList';
import { LocalTime } from './LocalTime';

/** Every rotation: who is on call now, and who is next. */
export function OnCallPage() {
  const ownershipApi = useApi(ownershipApiRef);
  const live = useLive({
    key: 'rotations',
    ...onOwnership,
    query: options => ownershipApi.listRotations({}, options),
  });
  return (
    <OwnershipFrame subtitle="Who answers tonight">
      <LiveView live={live} what="the rotations">
        {data => (
          <>
            <Problems problems={data.problems} />
            <Panel title="Rotations">
              {data.items.length === 0 ? (
                <EmptyNotice title="No rotations yet">
                  A rotation is a file in <code>org/oncall</code>.
                </EmptyNotice>
              ) : (
                <Rotations items={data.items} />
              )}
            </Panel>
          </>
        )}
      </LiveView>
    </OwnershipFrame>
  );
}

function Rotations({ items }: Pick<RotationList, 'items'>) {
  const links = useOwnershipLinks();
  return (
    <DataTable
      columns={['Rotation', 'Team', 'Now', 'Next', 'Nobody from', 'Time zone']}
    >
      {items.map(rotation => (
        <tr key={rotation.name}>
          <th scope="row" data-wide="">
            <InlineLink href={links.rotation(rotation.name)}>
              {rotation.name}
            </InlineLink>
          </th>
          <td data-label="Team">
            <TeamLink team={rotation.team} title={rotation.teamTitle} />
          </td>
          <td data-label="Now">
            <OnDuty person={rotation.now} />
          </td>
          <td data-label="Next">
            {rotation.next && (
              <>
                <EntityLink entityRef={rotation.next.person}>
                  {rotation.next.title}
                </EntityLink>
                {rotation.next.since && (
                  <>
                    {' '}
                    from <LocalTime at={rotation.next.since} />
                  </>
                )}
              </>
            )}
          </td>
          <td data-label="Nobody from">
            {rotation.gap && (
              <InlineLink href={links.rotation(rotation.name)}>
                <LocalTime at={rotation.gap.since} />
              </InlineLink>
            )}
          </td>
          <td data-label="Time zone">{rotation.timeZone}</td>
        </tr>
      ))}
    </DataTable>
  );
}

function Problems({ problems }: Pick<RotationList, 'problems'>) {
  return problems.length === 0 ? null : (
    <Alert
      status="warning"
      icon
      title="Some files of rotations can't be used as they are"
      description={
        <ul>
          {problems.map(({ file, line, message }) => (
            <li key={`${file}:${line}:${message}`}>
              <code>
                {file}
                {line === undefined ? '' : `:${line}`}
              </code>{' '}
              {message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
