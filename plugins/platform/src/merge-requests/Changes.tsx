import type {
  CommitFile,
  MergeRequestComment,
  MergeRequestDetail,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { EmptyNotice } from '@slipway/plugin-platform-react';
import { ChangeSummary, FileChange } from '../repositories/FileChange';
import { CommentForm } from './CommentForm';
import { Comment } from './Discussion';

/** What it would change, with what is said of single lines below them. */
export function Changes(props: {
  mergeRequest: MergeRequestDetail;
  onSaid(): void;
}) {
  const { mergeRequest, onSaid } = props;
  const { files } = mergeRequest;
  const [picked, setPicked] = useState<{ path: string; line: number }>();
  if (files.length === 0) {
    return <EmptyNotice title="It changes no file" />;
  }

  const below = ({ path }: CommitFile, line: number) => {
    const said = mergeRequest.comments.filter(comment =>
      isAt(comment, path, line),
    );
    const isPicked = picked?.path === path && picked.line === line;
    return said.length === 0 && !isPicked ? undefined : (
      <>
        {said.map(comment => (
          <Comment key={comment.id} comment={comment} />
        ))}
        {isPicked && (
          <CommentForm
            place={mergeRequest}
            about={picked}
            onSaid={() => {
              setPicked(undefined);
              onSaid();
            }}
            onLeave={() => setPicked(undefined)}
          />
        )}
      </>
    );
  };

  return (
    <>
      <ChangeSummary files={files} />
      {files.map(file => (
        <FileChange
          key={file.path}
          file={file}
          below={line => below(file, line)}
          onPick={line => setPicked({ path: file.path, line })}
        />
      ))}
    </>
  );
}

function isAt(
  comment: MergeRequestComment,
  path: string,
  line: number,
): boolean {
  return comment.path === path && comment.line === line;
}
