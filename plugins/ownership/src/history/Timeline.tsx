import { useApi } from '@backstage/frontend-plugin-api';
import type {
  FieldHistory,
  HistoryEntry,
} from '@slipway/plugin-ownership-common';
import {
  EmptyNotice,
  EntityLink,
  LiveView,
  Panel,
  ShowMore,
  TimeAgo,
  usePages,
} from '@slipway/plugin-platform-react';
import { ownershipApiRef } from '../api';
import { onOwnership } from '../parts';
import styles from './history.module.css';

const PAGE_SIZE = 25;

const ACTIONS: Record<HistoryEntry['action'], string> = {
  appeared: 'Added to the catalog',
  changed: 'Changed',
  gone: 'Removed from the catalog',
  returned: 'Back in the catalog',
};

/** What happened to an entity, newest first; kept when it is gone. */
export function Timeline({ entityRef }: { entityRef: string }) {
  const ownershipApi = useApi(ownershipApiRef);
  const live = usePages({
    key: entityRef,
    ...onOwnership,
    load: (cursor, options) =>
      ownershipApi.getHistory(entityRef, { cursor, limit: PAGE_SIZE }, options),
  });
  return (
    <Panel title="Timeline" aside="newest first">
      <LiveView live={live} what="the timeline">
        {({ items, hasMore }) =>
          items.length === 0 ? (
            <EmptyNotice title="Nothing has happened yet">
              Changes of the entity and its owner show up here.
            </EmptyNotice>
          ) : (
            <>
              <ol className={styles.entries}>
                {items.map(entry => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </ol>
              {hasMore && <ShowMore live={live} />}
            </>
          )
        }
      </LiveView>
    </Panel>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const { action, actor, at, changes } = entry;
  return (
    <li>
      <span>
        <strong>{ACTIONS[action]}</strong>{' '}
        <span className={styles.quiet}>
          {actor === 'catalog' ? (
            'as the catalog read it'
          ) : (
            <>
              by <EntityLink entityRef={actor} />
            </>
          )}
          , <TimeAgo at={at} />
        </span>
      </span>
      {changes.length > 0 && (
        <ul>
          {changes.map(change => (
            <li key={change.field}>
              <Change change={change} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Change({ change }: { change: FieldHistory }) {
  const { field, before, after } = change;
  return (
    <>
      {field}{' '}
      {before !== undefined && (
        <>
          <del>{before}</del>{' '}
        </>
      )}
      {after === undefined ? 'removed' : <ins>{after}</ins>}
    </>
  );
}
