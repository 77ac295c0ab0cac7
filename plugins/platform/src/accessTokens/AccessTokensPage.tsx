import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Container, Text } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import type {
  AccessToken,
  CreatedAccessToken,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  ConfirmDialog,
  EmptyNotice,
  LiveView,
  Panel,
  platformApiRef,
  TabFrame,
  useLive,
} from '@slipway/plugin-platform-react';
import { AccessTokenRow } from './AccessTokenRow';
import styles from './AccessTokensPage.module.css';
import { CreateTokenDialog } from './CreateTokenDialog';
import { NewToken } from './NewToken';

/** The tokens with which the signed-in person reaches their repositories from a git client. */
export function AccessTokensPage() {
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: 'access-tokens',
    matches: () => false,
    query: options => platformApi.listAccessTokens(options),
  });
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<CreatedAccessToken>();
  const [revoking, setRevoking] = useState<AccessToken>();

  return (
    <Container my="4">
      <main>
        <TabFrame>
          {created && (
            <NewToken created={created} onDone={() => setCreated(undefined)} />
          )}
          <Panel
            title="Access tokens"
            aside={
              <Button
                variant="primary"
                size="small"
                iconStart={<RiAddLine />}
                onPress={() => setCreating(true)}
              >
                Create token
              </Button>
            }
          >
            <Text as="p" variant="body-small" color="secondary">
              A token stands for you when you clone and push with git. Use it as
              the password. Revoke it as soon as someone else may have seen it.
            </Text>
            <LiveView live={live} what="your access tokens">
              {tokens =>
                tokens.length === 0 ? (
                  <EmptyNotice title="No tokens yet">
                    Create one to clone a repository and push to it.
                  </EmptyNotice>
                ) : (
                  <ul className={styles.list}>
                    {tokens.map(token => (
                      <AccessTokenRow
                        key={token.id}
                        token={token}
                        onRevoke={() => setRevoking(token)}
                      />
                    ))}
                  </ul>
                )
              }
            </LiveView>
          </Panel>
          {isCreating && (
            <CreateTokenDialog
              takenNames={live.data?.map(({ name }) => name) ?? []}
              onClose={() => setCreating(false)}
              onCreated={token => {
                setCreated(token);
                setCreating(false);
                live.refresh();
              }}
            />
          )}
          {revoking && (
            <ConfirmDialog
              title={`Revoke ${revoking.name}?`}
              confirmLabel="Revoke"
              dismissLabel="Keep it"
              destructive
              onClose={() => setRevoking(undefined)}
              onConfirm={async () => {
                await platformApi.revokeAccessToken(revoking.id);
                if (created?.id === revoking.id) {
                  setCreated(undefined);
                }
                live.refresh();
              }}
            >
              <Text as="p" variant="body-medium">
                From now on, git clients that use it are turned away. This can't
                be undone.
              </Text>
            </ConfirmDialog>
          )}
        </TabFrame>
      </main>
    </Container>
  );
}
