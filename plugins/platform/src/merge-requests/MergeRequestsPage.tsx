import { useApi } from '@backstage/frontend-plugin-api';
import { ButtonLink, Link, Switch, Text } from '@backstage/ui';
import {
  MERGE_REQUEST_STATES,
  type MergeRequest,
  type MergeRequestState,
  type Repository,
} from '@slipway/plugin-platform-common';
import {
  EmptyNotice,
  ErrorNotice,
  FilterBar,
  LiveView,
  Panel,
  PersonName,
  platformApiRef,
  StateBadge,
  TimeAgo,
  useAction,
  useChoices,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import { RepositoryFrame } from '../repositories/RepositoryFrame';
import { usePlatformLinks } from '../routes';
import styles from './merge-requests.module.css';

/** The merge requests of a repository, those that are open unless others are chosen. */
export function MergeRequestsPage() {
  return (
    <RepositoryFrame>
      {repository => <MergeRequests repository={repository} />}
    </RepositoryFrame>
  );
}

function MergeRequests({ repository }: { repository: Repository }) {
  const { name } = repository;
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const { choices, choose } = useChoices<{ state?: string }>();
  const state = stateOf(choices.state);
  const live = useLive({
    key: `${name} ${state}`,
    matches: signal =>
      signal.type === 'repository' && signal.repository === name,
    query: options =>
      platformApi.listMergeRequests({ repository: name, state }, options),
  });
  return (
    <>
      <Protection repository={repository} />
      <Panel
        title="Merge requests"
        aside={
          <ButtonLink
            size="small"
            variant="primary"
            href={links.mergeRequest(name, 'new') ?? ''}
          >
            New merge request
          </ButtonLink>
        }
      >
        <FilterBar
          label="Which merge requests"
          filters={[
            {
              name: 'state',
              label: 'State',
              options: MERGE_REQUEST_STATES.map(value => ({
                value,
                label: value,
              })),
              value: state,
            },
          ]}
          onChoose={(_name, chosen) => choose({ state: chosen })}
        />
        <LiveView live={live} what="the merge requests">
          {items =>
            items.length === 0 ? (
              <EmptyNotice title={`No merge request is ${state}`}>
                Push a branch, then open one for it.
              </EmptyNotice>
            ) : (
              <ul className={styles.list}>
                {items.map(item => (
                  <Row key={item.number} item={item} />
                ))}
              </ul>
            )
          }
        </LiveView>
      </Panel>
    </>
  );
}

function Row({ item }: { item: MergeRequest }) {
  const links = usePlatformLinks();
  const { repository, number, title, author, sourceBranch, state } = item;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link
          href={links.mergeRequest(repository, number)}
          weight="bold"
          standalone
        >
          {title}
        </Link>
        <Text as="div" variant="body-small" color="secondary">
          !{number} by <PersonName entityRef={author} />, from{' '}
          <code className={styles.branch}>{sourceBranch}</code>
        </Text>
      </div>
      <StateBadge state={state} />
      <Text variant="body-small" color="secondary">
        <TimeAgo at={item.updatedAt} />
      </Text>
    </li>
  );
}

/** Whether the default branch takes merges only, and for its owners a switch for that. */
function Protection({ repository }: { repository: Repository }) {
  const { name, owner, defaultBranch, isProtected = false } = repository;
  const platformApi = useApi(platformApiRef);
  const isOwn = useSelf()?.ownershipEntityRefs.includes(owner) ?? false;
  const protect = useAction(async (wanted: boolean) => {
    await platformApi.protectRepository(name, wanted);
  });
  return (
    <>
      {protect.error && (
        <ErrorNotice title="Can't change that" error={protect.error} />
      )}
      <Switch
        label={`${defaultBranch} takes merges only`}
        isSelected={isProtected}
        isDisabled={!isOwn || protect.isPending}
        onChange={wanted => protect.start(wanted)}
      />
    </>
  );
}

function stateOf(chosen: string | undefined): MergeRequestState {
  return MERGE_REQUEST_STATES.find(state => state === chosen) ?? 'open';
}
