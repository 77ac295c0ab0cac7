import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Link, Text } from '@backstage/ui';
import type { Preview } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ConfirmDialog,
  EntityLink,
  ErrorNotice,
  platformApiRef,
  StateBadge,
  TimeLeft,
  useAction,
  useSelf,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { useAnnounceRun } from '../runs/useAnnounceRun';
import styles from './previews.module.css';

/** Previews, each with the way to it, until when it lasts, and what can be done with it. */
export function PreviewList(props: {
  previews: Preview[];
  /** Whether the page is of one service anyway. */
  isOfService?: boolean;
  onChanged(): void;
}) {
  const { previews, isOfService = false, onChanged } = props;
  return (
    <ul className={styles.list}>
      {previews.map(preview => (
        <PreviewRow
          key={preview.id}
          preview={preview}
          isOfService={isOfService}
          onChanged={onChanged}
        />
      ))}
    </ul>
  );
}

function PreviewRow(props: {
  preview: Preview;
  isOfService: boolean;
  onChanged(): void;
}) {
  const { preview, isOfService, onChanged } = props;
  const { service, branch, mergeRequest, environment, serving } = preview;
  const links = usePlatformLinks();
  const { state, run } = statusOf(preview);
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <div className={styles.name}>
          {!isOfService && (
            <Link href={links.service(service, 'delivery')} standalone>
              {service}
            </Link>
          )}
          <code className={styles.branch}>{branch}</code>
          {mergeRequest !== undefined && (
            <Link href={links.mergeRequest(service, mergeRequest)} standalone>
              !{mergeRequest}
            </Link>
          )}
          <Link href={run && links.run(run)} standalone>
            <StateBadge {...state} />
          </Link>
        </div>
        <Text as="div" variant="body-small" color="secondary">
          {environment}
          {preview.state === 'active' ? (
            <>
              {' · '}ends <TimeLeft until={preview.expiresAt} />
            </>
          ) : (
            ` · ${preview.reason}`
          )}
          {!isOfService && (
            <>
              {' · '}
              <EntityLink entityRef={preview.owner} />
            </>
          )}
        </Text>
        {preview.latest?.failure && (
          <Text as="div" variant="body-small" color="danger">
            {preview.latest.failure.message}
          </Text>
        )}
      </div>
      {serving?.url && preview.state === 'active' && (
        <Link href={serving.url} target="_blank" standalone>
          Open the preview
        </Link>
      )}
      <Actions preview={preview} onChanged={onChanged} />
    </li>
  );
}

/** How it stands, and the run that says more. */
function statusOf({ state, serving, latest, removalRunId }: Preview) {
  if (state !== 'active') {
    return {
      state: { state: 'removing', tone: 'warning' as const },
      run: removalRunId,
    };
  }
  const newest = latest ?? serving;
  return newest
    ? { state: { state: newest.state }, run: newest.runId }
    : {
        state: { state: 'waiting', label: 'waits for a green pipeline' },
        run: undefined,
      };
}

function Actions(props: { preview: Preview; onChanged(): void }) {
  const { preview, onChanged } = props;
  const platformApi = useApi(platformApiRef);
  const announce = useAnnounceRun();
  const self = useSelf();
  const [isRemoving, setIsRemoving] = useState(false);
  const extend = useAction(async () => {
    await platformApi.extendPreview(preview.id);
    onChanged();
  });
  if (
    preview.state !== 'active' ||
    !self?.ownershipEntityRefs.includes(preview.owner)
  ) {
    return undefined;
  }
  return (
    <div className={styles.buttons}>
      {extend.error && (
        <ErrorNotice title="Can't extend it" error={extend.error} />
      )}
      <Button
        size="small"
        variant="secondary"
        aria-label={`Extend the preview of ${preview.branch}`}
        loading={extend.isPending}
        onPress={() => extend.start()}
      >
        Extend
      </Button>
      <Button
        size="small"
        variant="secondary"
        aria-label={`Remove the preview of ${preview.branch}`}
        onPress={() => setIsRemoving(true)}
      >
        Remove
      </Button>
      {isRemoving && (
        <ConfirmDialog
          title={`Remove the preview of ${preview.branch}?`}
          confirmLabel="Remove it"
          destructive
          onConfirm={async () => {
            announce(await platformApi.removePreview(preview.id));
            onChanged();
          }}
          onClose={() => setIsRemoving(false)}
        >
          <Text as="p" variant="body-small">
            What runs in {preview.environment} is stopped, and its resources are
            destroyed with what is in them. The branch stays.
          </Text>
        </ConfirmDialog>
      )}
    </div>
  );
}
