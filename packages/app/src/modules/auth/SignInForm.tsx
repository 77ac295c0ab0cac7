import { Alert, Button, PasswordField, TextField } from '@backstage/ui';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { SignInError } from './SignInError';
import styles from './SignInPage.module.css';

/** Props of {@link SignInForm}. */
export interface SignInFormProps {
  /** @throws SignInError */
  signIn(username: string, password: string): Promise<void>;
}

/** User name and password, and what to do when they did not get the person in. */
export function SignInForm({ signIn }: SignInFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<SignInError>();
  const [secondsToWait, setSecondsToWait] = useState(0);

  useEffect(() => {
    const field = form.current?.elements.namedItem('username');
    if (field instanceof HTMLInputElement) {
      field.focus();
    }
  }, []);

  useEffect(() => {
    if (secondsToWait <= 0) {
      return undefined;
    }
    const timer = setTimeout(() => setSecondsToWait(secondsToWait - 1), 1000);
    return () => clearTimeout(timer);
  }, [secondsToWait]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // Read from the form, not from state: password managers fill fields without telling React.
    const username = readField(event.currentTarget, 'username').trim();
    const password = readField(event.currentTarget, 'password');
    if (!username || !password) {
      setError(
        new SignInError('rejected', 'Enter your user name and password.'),
      );
      return;
    }
    setPending(true);
    setError(undefined);
    try {
      await signIn(username, password);
    } catch (caught) {
      const reason =
        caught instanceof SignInError
          ? caught
          : new SignInError('failed', 'Signing in failed. Try again.');
      setError(reason);
      setSecondsToWait(reason.retryAfterSeconds ?? 0);
      setPending(false);
    }
  };

  return (
    <form ref={form} className={styles.form} onSubmit={submit}>
      {error && (error.reason !== 'throttled' || secondsToWait > 0) && (
        <Alert
          status="danger"
          icon
          role="alert"
          title={
            error.reason === 'throttled'
              ? `Too many attempts. Wait ${describeWait(secondsToWait)}, then try again.`
              : error.message
          }
        />
      )}
      <TextField
        name="username"
        label="User name"
        autoComplete="username"
        spellCheck="false"
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
      />
      <Button
        type="submit"
        variant="primary"
        isDisabled={pending || secondsToWait > 0}
      >
        {pending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}

function readField(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : '';
}

function describeWait(seconds: number): string {
  if (seconds < 90) {
    return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
  }
  return `${Math.ceil(seconds / 60)} minutes`;
}
