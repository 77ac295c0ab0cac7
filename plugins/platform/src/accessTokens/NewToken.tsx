import { Button, Text, TextField } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import type { CreatedAccessToken } from '@slipway/plugin-platform-common';
import {
  CopyButton,
  CopyField,
  Panel,
  platformApiRef,
  useLive,
  useSelf,
} from '@slipway/plugin-platform-react';
import styles from './AccessTokensPage.module.css';

/** The one time a token's secret is shown, and what to do with it. */
export function NewToken(props: {
  created: CreatedAccessToken;
  onDone(): void;
}) {
  const { created, onDone } = props;
  const platformApi = useApi(platformApiRef);
  const self = useSelf();
  const { data: repositories = [] } = useLive({
    key: 'repositories',
    matches: signal => signal.type === 'repository',
    query: options => platformApi.listRepositories(options),
  });
  const own = repositories.find(({ owner }) =>
    self?.ownershipEntityRefs.includes(owner),
  );
  const example = own ?? repositories[0];
  return (
    <Panel
      title={`Copy ${created.name} now`}
      aside={
        <Button variant="secondary" size="small" onPress={onDone}>
          I have copied it
        </Button>
      }
    >
      <div className={styles.stack} role="status">
        <Text variant="body-small">
          It is shown this once and kept nowhere in readable form.
        </Text>
        <div className={styles.secret}>
          <TextField label="Token" isReadOnly value={created.token} />
          <CopyButton text={created.token} accessibleLabel="Copy the token" />
        </div>
        <Text variant="body-small" color="secondary">
          git asks for a user name (any will do) and a password: the token. To
          start:
        </Text>
        <CopyField
          text={`git clone ${example?.cloneUrl ?? cloneUrl('<repository>')}`}
          label="the clone command"
        />
      </div>
    </Panel>
  );
}

function cloneUrl(repository: string): string {
  return `${window.location.origin}/git/${repository}.git`;
}
