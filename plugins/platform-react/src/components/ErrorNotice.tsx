import { ResponseError } from '@backstage/errors';
import { Alert, Button } from '@backstage/ui';
import styles from './Notice.module.css';

/** Says what could not be done, why, and offers to try again. */
export function ErrorNotice(props: {
  /** What could not be done: `Can't load the runs`. */
  title: string;
  error: Error;
  onRetry?(): void;
}) {
  const { title, error, onRetry } = props;
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={
        <>
          {explain(error)}
          {onRetry && (
            <div className={styles.action}>
              <Button variant="secondary" size="small" onPress={onRetry}>
                Try again
              </Button>
            </div>
          )}
        </>
      }
    />
  );
}

/** What went wrong, in the server's words where it said something. */
export function explain(error: Error): string {
  if (error instanceof ResponseError) {
    return error.body.error.message;
  }
  if (error instanceof TypeError) {
    return 'The portal does not answer. Check your connection; this page tries again by itself.';
  }
  return error.message;
}
