import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Select, TextAreaField, TextField } from '@backstage/ui';
import type { Branch } from '@slipway/plugin-platform-common';
import { useState, type FormEvent } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import {
  EmptyNotice,
  ErrorNotice,
  LiveView,
  PageFrame,
  Panel,
  platformApiRef,
  useAction,
  useChoices,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './merge-requests.module.css';

/** Opens a merge request for one of the branches of a repository. */
export function NewMergeRequestPage() {
  const { repository = '' } = useParams();
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const { choices } = useChoices<{ branch?: string }>();
  const live = useLive({
    key: repository,
    matches: signal =>
      signal.type === 'repository' && signal.repository === repository,
    query: options => platformApi.listBranches(repository, options),
  });
  return (
    <PageFrame
      title="New merge request"
      crumbs={[
        { label: 'Repositories', href: links.repositories() },
        { label: repository, href: links.repository(repository) },
        { label: 'Merge requests', href: links.mergeRequests(repository) },
      ]}
    >
      <Panel title="What to merge">
        <LiveView live={live} what="the branches">
          {branches => {
            const free = branches.filter(
              ({ isDefault, mergeRequest }) => !isDefault && !mergeRequest,
            );
            return free.length === 0 ? (
              <EmptyNotice title="No branch to merge">
                Push a branch: git push origin HEAD:my-change
              </EmptyNotice>
            ) : (
              <Form
                repository={repository}
                branches={free}
                asked={choices.branch}
              />
            );
          }}
        </LiveView>
      </Panel>
    </PageFrame>
  );
}

function Form(props: {
  repository: string;
  branches: Branch[];
  /** The branch that the address names. */
  asked: string | undefined;
}) {
  const { repository, branches, asked } = props;
  const platformApi = useApi(platformApiRef);
  const links = usePlatformLinks();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(asked);
  const branch = branches.find(({ name }) => name === chosen) ?? branches[0];
  const [title, setTitle] = useState<string>();
  const [description, setDescription] = useState('');
  const open = useAction(async () => {
    const { number } = await platformApi.openMergeRequest(repository, {
      sourceBranch: branch.name,
      title: title ?? branch.head.title,
      description,
    });
    navigate(links.mergeRequest(repository, number) ?? '');
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.start();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Select
        label="Branch"
        searchable={branches.length > 10}
        options={branches.map(({ name }) => ({ value: name, label: name }))}
        selectedKey={branch.name}
        onSelectionChange={name => setChosen(String(name))}
      />
      <TextField
        label="Title"
        isRequired
        maxLength={200}
        value={title ?? branch.head.title}
        onChange={setTitle}
      />
      <TextAreaField
        label="Description"
        secondaryLabel="optional"
        description="Why, and what a reviewer should look at."
        rows={5}
        value={description}
        onChange={setDescription}
      />
      {open.error && (
        <ErrorNotice title="Can't open the merge request" error={open.error} />
      )}
      <div className={styles.buttons}>
        <Button type="submit" variant="primary" loading={open.isPending}>
          Open merge request
        </Button>
      </div>
    </form>
  );
}
