import { useApi } from '@backstage/frontend-plugin-api';
import type { Import } from '@slipway/plugin-ownership-common';
import { ErrorNotice, Panel } from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { ownershipApiRef } from '../api';
import { useOwnershipLinks } from '../links';
import { FilePicker } from './FilePicker';
import { readRepositories } from './readRepositories';
import styles from './imports.module.css';

/** Where a file or folder is chosen; then its report is shown. */
export function NewImport() {
  const ownershipApi = useApi(ownershipApiRef);
  const links = useOwnershipLinks();
  const navigate = useNavigate();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState<string>();
  const check = async (name: string, send: () => Promise<Import>) => {
    setBusy(name);
    setError(undefined);
    try {
      const { id } = await send();
      navigate(links.import(id));
    } catch (cause) {
      setError(cause as Error);
      setBusy(undefined);
    }
  };
  return (
    <Panel title="Bring existing services in">
      <p className={styles.intro}>
        A CSV whose first line names its columns: <code>name</code>, and any of{' '}
        <code>
          kind, type, owner, system, lifecycle, description, repository, tags,
          tier, depends_on
        </code>
        . Or a folder of repositories: their <code>catalog-info.yaml</code> and{' '}
        <code>CODEOWNERS</code> are read, nothing else. You see what it would do
        before anything is written.
      </p>
      <div className={styles.pickers}>
        <FilePicker
          label="Choose a CSV…"
          accept=".csv,text/csv"
          isDisabled={busy !== undefined}
          onChoose={([file]) =>
            check(file.name, () => ownershipApi.importCsv(file.name, file))
          }
        />
        <FilePicker
          label="Choose a folder…"
          isDisabled={busy !== undefined}
          onChoose={files =>
            check('the folder', async () =>
              ownershipApi.importFolder(await readRepositories(files)),
            )
          }
        />
        <span role="status">{busy && `Checking ${busy}…`}</span>
      </div>
      {error && <ErrorNotice title="It can’t be imported" error={error} />}
    </Panel>
  );
}
