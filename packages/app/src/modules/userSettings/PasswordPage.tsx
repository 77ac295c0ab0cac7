import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, PasswordField } from '@backstage/ui';
import { useState, type FormEvent } from 'react';
import { localAuthApiRef } from '../auth';
import styles from './PasswordPage.module.css';

const TOAST_TIME = 6000;

/** Replaces the signed-in person's password. */
export function PasswordPage() {
  const auth = useApi(localAuthApiRef);
  const toastApi = useApi(toastApiRef);
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(undefined);
    try {
      await auth.changePassword(currentPassword, newPassword);
      setCurrentPassword('');
      setNewPassword('');
      toastApi.post({
        title: 'Your password has changed',
        description: 'You were signed out everywhere else.',
        status: 'success',
        timeout: TOAST_TIME,
      });
    } catch (caught) {
      setError((caught as Error).message);
    } finally {
      setPending(false);
    }
  };

  return (
    <section className={styles.card} aria-labelledby="password-title">
      <h2 id="password-title" className={styles.title}>
        Change your password
      </h2>
      <p className={styles.hint}>
        You stay signed in here, and are signed out everywhere else. Access
        tokens for git keep working.
      </p>
      <form className={styles.form} onSubmit={submit}>
        {error && <Alert status="danger" icon role="alert" title={error} />}
        <PasswordField
          label="Current password"
          autoComplete="current-password"
          value={currentPassword}
          onChange={setCurrentPassword}
        />
        <PasswordField
          label="New password"
          description="At least 12 characters. A sentence is easier to remember than symbols."
          autoComplete="new-password"
          value={newPassword}
          onChange={setNewPassword}
        />
        <div>
          <Button
            type="submit"
            variant="primary"
            isPending={pending}
            isDisabled={!currentPassword || !newPassword}
          >
            Change password
          </Button>
        </div>
      </form>
    </section>
  );
}
