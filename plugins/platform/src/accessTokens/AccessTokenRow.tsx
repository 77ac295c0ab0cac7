import { Button, Text } from '@backstage/ui';
import type { AccessToken } from '@slipway/plugin-platform-common';
import {
  formatDay,
  StateBadge,
  TimeAgo,
  useNow,
} from '@slipway/plugin-platform-react';
import styles from './AccessTokensPage.module.css';

/** A token in the list: what it is for, whether it is in use, and how long it lasts. */
export function AccessTokenRow(props: {
  token: AccessToken;
  onRevoke(): void;
}) {
  const { token, onRevoke } = props;
  const { name, createdAt, lastUsedAt, expiresAt } = token;
  const now = useNow(60_000);
  const hasExpired = expiresAt !== undefined && Date.parse(expiresAt) <= now;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Text weight="bold">{name}</Text>
        <Text as="div" variant="body-small" color="secondary">
          created <TimeAgo at={createdAt} />
          {' · '}
          {lastUsedAt ? (
            <>
              last used <TimeAgo at={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </Text>
      </div>
      <Text variant="body-small" color="secondary">
        {hasExpired ? <StateBadge state="expired" /> : expiry(expiresAt)}
      </Text>
      <Button
        variant="secondary"
        size="small"
        aria-label={`Revoke ${name}`}
        onPress={onRevoke}
      >
        Revoke
      </Button>
    </li>
  );
}

function expiry(expiresAt: string | undefined): string {
  return expiresAt ? `expires ${formatDay(expiresAt)}` : 'never expires';
}
