import { useApi } from '@backstage/frontend-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import type { MergeRequestPlace } from '@slipway/plugin-platform-common';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import {
  ErrorNotice,
  platformApiRef,
  useAction,
} from '@slipway/plugin-platform-react';
import styles from './merge-requests.module.css';

/** Says something of a merge request, or of a line that it changes. */
export function CommentForm(props: {
  place: MergeRequestPlace;
  about?: { path: string; line: number };
  onSaid(): void;
  onLeave?(): void;
}) {
  const { place, about, onSaid, onLeave } = props;
  const platformApi = useApi(platformApiRef);
  const form = useRef<HTMLFormElement>(null);
  const isAboutLine = about !== undefined;
  useEffect(() => {
    if (isAboutLine) {
      form.current?.querySelector('textarea')?.focus();
    }
  }, [isAboutLine]);
  const [text, setText] = useState('');
  const comment = useAction(async () => {
    await platformApi.commentOnMergeRequest(place, { ...about, text });
    setText('');
    onSaid();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    comment.start();
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <TextAreaField
        label={about ? `Comment on line ${about.line}` : 'Comment'}
        rows={2}
        value={text}
        onChange={setText}
      />
      {comment.error && (
        <ErrorNotice title="Can't comment" error={comment.error} />
      )}
      <div className={styles.buttons}>
        <Button
          type="submit"
          size="small"
          variant="secondary"
          loading={comment.isPending}
          isDisabled={text.trim() === ''}
        >
          Comment
        </Button>
        {onLeave && (
          <Button size="small" variant="tertiary" onPress={onLeave}>
            Never mind
          </Button>
        )}
      </div>
    </form>
  );
}
