import { useApi } from '@backstage/frontend-plugin-api';
import { Checkbox, Select } from '@backstage/ui';
import type {
  TeamSummary,
  TransferOffer,
} from '@slipway/plugin-ownership-common';
import {
  EmptyNotice,
  EntityLink,
  LiveView,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { useEffect, useState } from 'react';
import { ownershipApiRef } from '../api';
import { onOwnership } from '../parts';
import styles from './transfers.module.css';

/** What is to go: by name, or everything that a team owns. */
export type Going = Pick<TransferOffer, 'entityRefs' | 'owner'>;

const MOST_SHOWN = 100;

/** Asks what is to go: the entity that is named, or a team's own, all or some of it. */
export function WhatGoes(props: {
  entity?: string;
  owner?: string;
  teams: TeamSummary[];
  /** `undefined` as long as nothing is chosen; stable. */
  onChange(going: Going | undefined): void;
}) {
  const { entity, teams, onChange } = props;
  const self = useSelf();
  const [owner, setOwner] = useState(props.owner);

  useEffect(() => {
    if (entity) {
      onChange({ entityRefs: [entity] });
    }
  }, [entity, onChange]);

  if (entity) {
    return (
      <div>
        <span className={styles.label}>What</span>
        <EntityLink entityRef={entity} />
      </div>
    );
  }
  const own = self?.ownershipEntityRefs ?? [];
  const sorted = [...teams].sort(
    (a, b) => Number(own.includes(b.team)) - Number(own.includes(a.team)),
  );
  return (
    <>
      <Select
        label="From"
        searchable
        isRequired
        options={sorted.map(({ team, title }) => ({
          value: team,
          label: title,
        }))}
        selectedKey={owner ?? null}
        onSelectionChange={chosen => {
          onChange(undefined);
          setOwner(String(chosen));
        }}
      />
      {owner && <Owned key={owner} owner={owner} onChange={onChange} />}
    </>
  );
}

function Owned(props: {
  owner: string;
  onChange(going: Going | undefined): void;
}) {
  const { owner, onChange } = props;
  const ownershipApi = useApi(ownershipApiRef);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const live = useLive({
    key: owner,
    ...onOwnership,
    query: options =>
      ownershipApi.listEntities({ owner, limit: MOST_SHOWN }, options),
  });
  const { data } = live;

  useEffect(() => {
    const chosen = data?.items
      .map(({ entityRef }) => entityRef)
      .filter(ref => !left.has(ref));
    if (!chosen || chosen.length === 0) {
      onChange(undefined);
    } else {
      onChange(left.size === 0 ? { owner } : { entityRefs: chosen });
    }
  }, [data, left, owner, onChange]);

  return (
    <LiveView live={live} what="what the team owns">
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyNotice title="This team owns nothing" />
        ) : (
          <fieldset className={styles.choice}>
            <legend className={styles.label}>What</legend>
            {nextCursor && (
              <p className={styles.quiet}>
                Everything it owns goes. Leave one of the first {MOST_SHOWN}{' '}
                out, and only the others of these go.
              </p>
            )}
            {items.map(({ entityRef, name, title, kind }) => (
              <Checkbox
                key={entityRef}
                isSelected={!left.has(entityRef)}
                onChange={isChosen =>
                  setLeft(old => {
                    const next = new Set(old);
                    if (isChosen) {
                      next.delete(entityRef);
                    } else {
                      next.add(entityRef);
                    }
                    return next;
                  })
                }
              >
                {title ?? name}, {kind}
              </Checkbox>
            ))}
          </fieldset>
        )
      }
    </LiveView>
  );
}
