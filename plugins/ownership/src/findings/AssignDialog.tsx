import { useApi } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type { Finding } from '@slipway/plugin-ownership-common';
import {
  ConfirmDialog,
  EmptyNotice,
  LiveView,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { ownershipApiRef } from '../api';
import { onOwnership } from '../parts';

/** Asks somebody of the teams concerned to look after a finding. */
export function AssignDialog(props: {
  finding: Finding;
  onAssigned(): void;
  onClose(): void;
}) {
  const { finding, onAssigned, onClose } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const self = useSelf();
  const [person, setPerson] = useState<string>();
  const teams = teamsConcerned(finding, self?.ownershipEntityRefs ?? []);
  const people = useLive({
    key: teams.join(),
    ...onOwnership,
    query: async options => {
      const found = await Promise.all(
        teams.map(team => ownershipApi.getTeam(team, options)),
      );
      return new Map(
        found.flatMap(team =>
          team.people.map(({ person: ref, title }) => [ref, title]),
        ),
      );
    },
  });
  return (
    <ConfirmDialog
      title={`Who looks after ${finding.entityTitle}?`}
      confirmLabel="Ask them"
      isRefused={person === undefined}
      onClose={onClose}
      onConfirm={async () => {
        await ownershipApi.assignFinding(finding.id, person);
        onAssigned();
      }}
    >
      <LiveView live={people} what="the people">
        {data =>
          data.size === 0 ? (
            <EmptyNotice title="No one to ask">
              The teams concerned have no people in the catalog.
            </EmptyNotice>
          ) : (
            <Select
              label="Person"
              searchable={data.size > 10}
              options={[...data].map(([value, label]) => ({ value, label }))}
              selectedKey={person ?? null}
              onSelectionChange={chosen => setPerson(String(chosen))}
            />
          )
        }
      </LiveView>
    </ConfirmDialog>
  );
}

/** The owner, who may own it instead, and the reader's own teams. */
function teamsConcerned(finding: Finding, own: string[]): string[] {
  const named = [finding.owner, finding.suggestion?.owner].filter(
    team => team !== undefined,
  );
  return [
    ...new Set([...named, ...own.filter(ref => ref.startsWith('group:'))]),
  ];
}
