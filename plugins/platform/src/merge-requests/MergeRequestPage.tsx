import { useApi } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { MergeRequestDetail } from '@slipway/plugin-platform-common';
import { useParams } from 'react-router-dom';
import {
  ErrorNotice,
  LiveView,
  PageFrame,
  Panel,
  PersonName,
  platformApiRef,
  StateBadge,
  TimeAgo,
  useAction,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { BranchPreview } from '../previews';
import { usePlatformLinks } from '../routes';
import { Changes } from './Changes';
import { CommitsPanel } from './CommitsPanel';
import { Discussion } from './Discussion';
import styles from './merge-requests.module.css';
import { MergePanel } from './MergePanel';
import { ReviewPanel } from './ReviewPanel';

/** A merge request: what it would change, what is said of it, and what keeps it from being merged. */
export function MergeRequestPage() {
  const { repository = '', number = '' } = useParams();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const live = useLive({
    key: `${repository}!${number}`,
    matches: signal =>
      signal.type === 'repository' && signal.repository === repository,
    query: options =>
      platformApi.getMergeRequest(
        { repository, number: Number(number) },
        options,
      ),
  });
  const shown = live.data;
  return (
    <PageFrame
      title={shown ? shown.title : `Merge request !${number}`}
      crumbs={[
        { label: 'Repositories', href: links.repositories() },
        { label: repository, href: links.repository(repository) },
        { label: 'Merge requests', href: links.mergeRequests(repository) },
      ]}
      badge={shown && <StateBadge state={shown.state} dot />}
      subtitle={shown && <Subtitle mergeRequest={shown} />}
      actions={
        shown && <StateButton mergeRequest={shown} onDone={live.refresh} />
      }
    >
      <LiveView live={live} what="the merge request">
        {mergeRequest => (
          <div className={styles.columns}>
            <div className={styles.main}>
              {mergeRequest.description && (
                <Panel title="Description">
                  <p className={styles.description}>
                    {mergeRequest.description}
                  </p>
                </Panel>
              )}
              <Changes mergeRequest={mergeRequest} onSaid={live.refresh} />
              <Discussion mergeRequest={mergeRequest} onSaid={live.refresh} />
            </div>
            <div className={styles.aside}>
              <MergePanel mergeRequest={mergeRequest} onDone={live.refresh} />
              <BranchPreview
                service={mergeRequest.repository}
                branch={mergeRequest.sourceBranch}
              />
              <ReviewPanel mergeRequest={mergeRequest} onDone={live.refresh} />
              <CommitsPanel mergeRequest={mergeRequest} />
            </div>
          </div>
        )}
      </LiveView>
    </PageFrame>
  );
}

function Subtitle({ mergeRequest }: { mergeRequest: MergeRequestDetail }) {
  const { number, author, sourceBranch, targetBranch, createdAt } =
    mergeRequest;
  return (
    <>
      !{number} by <PersonName entityRef={author} />, <TimeAgo at={createdAt} />{' '}
      · <code className={styles.branch}>{sourceBranch}</code> into{' '}
      <code className={styles.branch}>{targetBranch}</code>
    </>
  );
}

/** Closes it, or opens it again. */
function StateButton(props: {
  mergeRequest: MergeRequestDetail;
  onDone(): void;
}) {
  const { mergeRequest, onDone } = props;
  const { state, owner, author } = mergeRequest;
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const change = useAction(async () => {
    await (state === 'open'
      ? platformApi.closeMergeRequest(mergeRequest)
      : platformApi.reopenMergeRequest(mergeRequest));
    onDone();
  });
  const isOwn = [owner, author].some(ref =>
    self?.ownershipEntityRefs.includes(ref),
  );
  if (state === 'merged' || !isOwn) {
    return undefined;
  }
  return (
    <>
      {change.error && (
        <ErrorNotice title="That didn't work" error={change.error} />
      )}
      <Button
        variant="secondary"
        loading={change.isPending}
        onPress={() => change.start()}
      >
        {state === 'open' ? 'Close' : 'Open again'}
      </Button>
    </>
  );
}
