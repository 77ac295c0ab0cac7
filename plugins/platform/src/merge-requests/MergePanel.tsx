import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Checkbox, Link } from '@backstage/ui';
import { RiCheckLine, RiTimeLine } from '@remixicon/react';
import type { MergeRequestDetail } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ErrorNotice,
  Panel,
  PersonName,
  platformApiRef,
  Sha,
  StateBadge,
  TimeAgo,
  useAction,
  useSelf,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './merge-requests.module.css';

/** What keeps it from being merged, and the button once nothing does; how it ended, once it has. */
export function MergePanel(props: {
  mergeRequest: MergeRequestDetail;
  onDone(): void;
}) {
  const { mergeRequest, onDone } = props;
  const { status, state } = mergeRequest;
  return (
    <Panel
      title={state === 'open' ? 'Merge' : 'Outcome'}
      aside={
        status && (
          <Link href={withinPortal(status.url)} standalone variant="body-small">
            Pipeline <StateBadge state={status.state} />
          </Link>
        )
      }
    >
      {state === 'open' ? (
        <Merge mergeRequest={mergeRequest} onDone={onDone} />
      ) : (
        <Outcome mergeRequest={mergeRequest} />
      )}
    </Panel>
  );
}

function Merge(props: { mergeRequest: MergeRequestDetail; onDone(): void }) {
  const { mergeRequest, onDone } = props;
  const { blockers, sha, owner } = mergeRequest;
  const platformApi = useApi(platformApiRef);
  const isOwn = useSelf()?.ownershipEntityRefs.includes(owner) ?? false;
  const [keepBranch, setKeepBranch] = useState(false);
  const merge = useAction(async () => {
    await platformApi.mergeMergeRequest(mergeRequest, { sha, keepBranch });
    onDone();
  });
  return (
    <>
      <ul className={styles.blockers}>
        {blockers.map(({ kind, message }) => (
          <li key={message} data-kind={kind}>
            <RiTimeLine className={styles.waits} aria-label="In the way:" />
            {message}
          </li>
        ))}
        {blockers.length === 0 && (
          <li>
            <RiCheckLine className={styles.fine} aria-hidden="true" />
            Green, approved, and it fits.
          </li>
        )}
      </ul>
      {merge.error && <ErrorNotice title="Can't merge" error={merge.error} />}
      {isOwn ? (
        <div className={styles.form}>
          <Checkbox isSelected={keepBranch} onChange={setKeepBranch}>
            Keep the branch
          </Checkbox>
          <div className={styles.buttons}>
            <Button
              variant="primary"
              isDisabled={blockers.length > 0}
              loading={merge.isPending}
              onPress={() => merge.start()}
            >
              Merge
            </Button>
          </div>
        </div>
      ) : (
        <p className={styles.description}>
          <PersonName entityRef={owner} /> merges it.
        </p>
      )}
    </>
  );
}

function Outcome({ mergeRequest }: { mergeRequest: MergeRequestDetail }) {
  const { state, endedBy, endedAt, mergeSha, repository } = mergeRequest;
  const links = usePlatformLinks();
  return (
    <p className={styles.description}>
      {state === 'merged' ? 'Merged' : 'Closed'}
      {endedBy ? (
        <>
          {' '}
          by <PersonName entityRef={endedBy} />
        </>
      ) : (
        ' with its branch'
      )}
      {endedAt && (
        <>
          , <TimeAgo at={endedAt} />
        </>
      )}
      {mergeSha && (
        <>
          {' '}
          as{' '}
          <Link href={links.commit(repository, mergeSha)} standalone>
            <Sha sha={mergeSha} />
          </Link>
        </>
      )}
      .
    </p>
  );
}

/** The portal's own addresses without the host, so that its pages are not loaded anew. */
function withinPortal(url: string): string {
  const { origin } = window.location;
  return url.startsWith(`${origin}/`) ? url.slice(origin.length) : url;
}
