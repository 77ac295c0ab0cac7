import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, VisuallyHidden } from '@backstage/ui';
import type { RotationDetail, Shift } from '@slipway/plugin-ownership-common';
import {
  DataTable,
  EntityLink,
  LiveView,
  PageFrame,
  Panel,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { onOwnership, TeamLink } from '../parts';
import { SwapDialog } from '../swaps';
import { DutyList } from './DutyList';
import { LocalTime } from './LocalTime';
import styles from './onCall.module.css';

/** A rotation: who is on call now, and the shifts of the next four weeks. */
export function RotationPage() {
  const { rotation = '' } = useParams();
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const live = useLive({
    key: rotation,
    ...onOwnership,
    query: options => ownershipApi.getRotation(rotation, options),
  });
  return (
    <PageFrame
      title={rotation}
      crumbs={[
        { label: 'Ownership', href: links.overview() },
        { label: 'On call', href: links.onCall() },
      ]}
      subtitle={
        live.data && (
          <>
            of <TeamLink team={live.data.team} title={live.data.teamTitle} />,{' '}
            {live.data.timeZone}
          </>
        )
      }
    >
      <LiveView live={live} what="the rotation">
        {detail => (
          <>
            <Gaps detail={detail} />
            <Panel title="On call">
              <DutyList duties={[{ ...detail, rotation: undefined }]} />
            </Panel>
            <Panel
              title="The next four weeks"
              aside={`times in ${detail.timeZone}`}
            >
              <Shifts detail={detail} onSwapped={live.refresh} />
            </Panel>
            <Panel title="How it is made">
              <Layers detail={detail} />
            </Panel>
          </>
        )}
      </LiveView>
    </PageFrame>
  );
}

function Gaps({ detail }: { detail: RotationDetail }) {
  const gaps = detail.shifts.filter(({ kind }) => kind === 'gap');
  return gaps.length === 0 ? null : (
    <Alert
      status="warning"
      icon
      title="Nobody is on call for a part of the next four weeks"
      description={`Add people or hours to a layer in ${detail.file}, or an override.`}
    />
  );
}

function Shifts(props: { detail: RotationDetail; onSwapped(): void }) {
  const { detail, onSwapped } = props;
  const { shifts, people, timeZone } = detail;
  const own = useSelf()?.ownershipEntityRefs ?? [];
  const [swapped, setSwapped] = useState<Exclude<Shift, { kind: 'gap' }>>();
  return (
    <>
      <DataTable
        columns={[
          'Who',
          'From',
          'Until',
          'Because',
          <VisuallyHidden key="actions">Actions</VisuallyHidden>,
        ]}
      >
        {shifts.map(shift => (
          <tr key={`${shift.since}${shift.kind}`}>
            <th scope="row" data-wide="">
              {shift.kind === 'gap' ? (
                <span className={styles.gap}>nobody</span>
              ) : (
                <EntityLink entityRef={shift.person}>
                  {people[shift.person]}
                </EntityLink>
              )}
            </th>
            <td data-label="From">
              {shift.since && (
                <LocalTime at={shift.since} timeZone={timeZone} />
              )}
            </td>
            <td data-label="Until">
              {shift.until && (
                <LocalTime at={shift.until} timeZone={timeZone} />
              )}
            </td>
            <td data-wide="">{because(shift)}</td>
            <td>
              {shift.kind === 'layer' && own.includes(detail.team) && (
                <Button
                  size="small"
                  variant="secondary"
                  onPress={() => setSwapped(shift)}
                >
                  Swap
                </Button>
              )}
            </td>
          </tr>
        ))}
      </DataTable>
      {swapped && (
        <SwapDialog
          rotation={detail}
          shift={swapped}
          onSwapped={onSwapped}
          onClose={() => setSwapped(undefined)}
        />
      )}
    </>
  );
}

function because(shift: Shift): string {
  switch (shift.kind) {
    case 'layer':
      return shift.layer;
    case 'override':
      return shift.override.why ?? 'override';
    default:
      return 'no layer covers it';
  }
}

function Layers({ detail }: { detail: RotationDetail }) {
  const { definition, people, file, line } = detail;
  return (
    <>
      <DataTable columns={['Layer', 'Take turns', 'Hand-over', 'Hours']}>
        {definition.layers.map(layer => (
          <tr key={layer.name}>
            <th scope="row" data-wide="">
              {layer.name}
            </th>
            <td data-label="Take turns">
              {layer.people.map(person => people[person] ?? person).join(', ')}
            </td>
            <td data-label="Hand-over">
              {turnText(layer.turnDays)}, {layer.handOver.day}{' '}
              {layer.handOver.time}
            </td>
            <td data-label="Hours">
              {layer.restrict.length === 0
                ? 'always'
                : layer.restrict
                    .map(
                      ({ days, from, until }) =>
                        `${days.join(', ')} ${from}–${until}`,
                    )
                    .join('; ')}
            </td>
          </tr>
        ))}
      </DataTable>
      <p className={styles.next}>
        Where several cover a moment, the last one wins. It stands in{' '}
        <code>
          {file}:{line}
        </code>
        .
      </p>
    </>
  );
}

function turnText(days: number): string {
  if (days === 1) {
    return 'daily';
  }
  return days === 7 ? 'weekly' : `every ${days} days`;
}
