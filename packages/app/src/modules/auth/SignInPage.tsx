import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button } from '@backstage/ui';
import { useCallback, useEffect, useState } from 'react';
import { LogoMark } from '../nav';
import { localAuthApiRef } from './LocalAuth';
import { SignInForm } from './SignInForm';
import styles from './SignInPage.module.css';

type Stage = 'restoring' | 'signed-out' | 'unreachable';

/** How often to look again for a portal that does not answer, in milliseconds. */
const RETRY_INTERVAL = 3000;

/**
 * Brings back the session the browser still holds, and asks for user name and password where it holds
 * none.
 */
export function SignInPage({ onSignInSuccess }: SignInPageProps) {
  const auth = useApi(localAuthApiRef);
  const title = useApi(configApiRef).getOptionalString('app.title');
  const [stage, setStage] = useState<Stage>('restoring');

  const restore = useCallback(async () => {
    try {
      const identity = await auth.restore();
      if (identity) {
        onSignInSuccess(identity);
      } else {
        setStage('signed-out');
      }
    } catch {
      setStage('unreachable');
    }
  }, [auth, onSignInSuccess]);

  useEffect(() => {
    restore();
  }, [restore]);

  useEffect(() => {
    if (stage !== 'unreachable') {
      return undefined;
    }
    const timer = setInterval(restore, RETRY_INTERVAL);
    return () => clearInterval(timer);
  }, [restore, stage]);

  return (
    <main className={styles.page}>
      <div className={styles.brand}>
        <LogoMark size={36} />
        <span>{title ?? 'Slipway'}</span>
      </div>
      {stage === 'restoring' && (
        <p className={styles.restoring} role="status">
          Looking for your session…
        </p>
      )}
      {stage === 'unreachable' && (
        <section className={styles.card}>
          <Alert
            status="danger"
            icon
            role="alert"
            title="The portal does not answer"
            description="Check that it is running. This page looks again every few seconds."
          />
          <Button variant="secondary" onPress={restore}>
            Look again now
          </Button>
        </section>
      )}
      {stage === 'signed-out' && (
        <section className={styles.card} aria-labelledby="sign-in-title">
          <h1 id="sign-in-title" className={styles.title}>
            Sign in
          </h1>
          <SignInForm
            signIn={async (username, password) =>
              onSignInSuccess(await auth.signIn(username, password))
            }
          />
          <p className={styles.hint}>
            First time here? Your password is in the file that the portal named
            when it started.
          </p>
        </section>
      )}
    </main>
  );
}
