import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import { Alert, Button, Link } from '@backstage/ui';
import {
  type MergeRequest,
  REPOSITORY_ANNOTATION,
} from '@slipway/plugin-platform-common';
import {
  EntityLink,
  InlineLink,
  Panel,
  platformApiRef,
  TimeAgo,
  useLive,
} from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { repositoryRouteRef } from '../routes';
import { type Details, detailsOf } from './detailsOf';
import { EditDialog } from './EditDialog';
import styles from './edits.module.css';

const SHOWN: Array<[keyof Details, string]> = [
  ['description', 'Description'],
  ['lifecycle', 'Lifecycle'],
  ['tier', 'Tier'],
  ['tags', 'Tags'],
  ['runbook', 'Runbook'],
];

/** What the entity whose page this is says of itself, what of that is to change, and the way to change it. */
export function DetailsPanel() {
  const { entity: shown } = useEntity();
  const entityRef = stringifyEntityRef(shown);
  const catalogApi = useApi(catalogApiRef);
  // The page itself loads the entity once; what is merged shows up here while it stays open.
  const { data: entity = shown } = useLive({
    key: entityRef,
    matches: () => true,
    query: async () => (await catalogApi.getEntityByRef(entityRef)) ?? shown,
  });
  const isEditable = Boolean(
    entity.metadata.annotations?.[REPOSITORY_ANNOTATION],
  );
  const platformApi = useApi(platformApiRef);
  const [isEditing, setEditing] = useState(false);
  const pending = useLive({
    key: `${entityRef} ${isEditable}`,
    matches: ({ type }) => type === 'repository',
    query: async options =>
      isEditable ? platformApi.listEntityEdits(entityRef, options) : [],
  });
  const details = detailsOf(entity);

  return (
    <Panel
      title="Details"
      aside={
        isEditable ? (
          <Button
            size="small"
            variant="secondary"
            onPress={() => setEditing(true)}
          >
            Edit
          </Button>
        ) : (
          'changed where its file is'
        )
      }
    >
      {pending.data?.map(change => (
        <Pending key={change.number} change={change} />
      ))}
      <dl className={styles.details}>
        {SHOWN.map(([name, label]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>
              {name === 'runbook' && details.runbook ? (
                <InlineLink href={details.runbook}>
                  {details.runbook}
                </InlineLink>
              ) : (
                details[name] || <span className={styles.none}>not said</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {isEditing && (
        <EditDialog
          entity={entity}
          entityRef={entityRef}
          onProposed={pending.refresh}
          onClose={() => setEditing(false)}
        />
      )}
    </Panel>
  );
}

function Pending({ change }: { change: MergeRequest }) {
  const { repository, number, title, author, createdAt } = change;
  const link = useRouteRef(repositoryRouteRef);
  const pages = link?.({ repository });
  return (
    <div className={styles.pending}>
      <Alert
        status="info"
        icon
        title={`Pending: ${title}`}
        description={
          <>
            by <EntityLink entityRef={author} />, <TimeAgo at={createdAt} />.{' '}
            <Link href={pages && `${pages}/merge-requests/${number}`}>
              See merge request !{number}
            </Link>
          </>
        }
      />
    </div>
  );
}
