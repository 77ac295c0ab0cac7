import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_BRANCH } from '../repositories/types';
import { JOURNAL_DIRECTORY } from '../pushes/PushJournal';

/**
 * Runs before any ref changes, in the repository. First it writes down who pushes what: from here on, a crash can't
 * make the portal forget it. Then it refuses what the default branch must not suffer.
 */
const PRE_RECEIVE = `#!/bin/sh
# Written by the portal at every start; changes to this file are lost.
entry="${JOURNAL_DIRECTORY}/$SLIPWAY_PUSH_ID"
if ! { mkdir -p ${JOURNAL_DIRECTORY} && { printf '%s\\n' "$REMOTE_USER" && cat; } > "$entry.new" && mv "$entry.new" "$entry"; }; then
  echo "The portal could not write down this push; its disk may be full. Nothing was changed. Try again, or ask the platform team."
  exit 1
fi
{
  read -r pushed_by
  while read -r old new ref; do
    case "$ref" in
      refs/heads/${DEFAULT_BRANCH})
        case "$new" in
          *[!0]*) ;;
          *)
            echo "The branch ${DEFAULT_BRANCH} can't be deleted: releases come from it."
            exit 1
            ;;
        esac
        if [ "$SLIPWAY_PROTECTED" ]; then
          echo "The branch ${DEFAULT_BRANCH} is protected: push a branch, and open a merge request at $SLIPWAY_MERGE_REQUEST_URL"
          exit 1
        fi
        case "$old" in
          *[!0]*)
            if ! git merge-base --is-ancestor "$old" "$new"; then
              echo "The history of ${DEFAULT_BRANCH} can't be rewritten: releases come from it. Pull first, then push without --force; git revert takes a change back."
              exit 1
            fi
            ;;
        esac
        ;;
      refs/heads/*|refs/tags/*) ;;
      *)
        echo "Only branches and tags can be pushed, and $ref is neither."
        exit 1
        ;;
    esac
  done
} < "$entry"
`;

/** Runs after the refs changed; tells the person where to watch. */
const POST_RECEIVE = `#!/bin/sh
# Written by the portal at every start; changes to this file are lost.
while read -r old new ref; do
  case "$new" in
    *[!0]*)
      printf '\\n%s\\n' "$SLIPWAY_MESSAGE"
      case "$ref" in
        refs/heads/${DEFAULT_BRANCH}|refs/tags/*|*[!A-Za-z0-9/._-]*) ;;
        refs/heads/*) printf 'Merge request: %s?branch=%s\\n' "$SLIPWAY_MERGE_REQUEST_URL" "\${ref#refs/heads/}" ;;
      esac
      printf '\\n'
      exit 0
      ;;
  esac
done
`;

/** Writes the hooks that serve every repository; answers their directory: git's `core.hooksPath`. */
export async function installHooks(root: string): Promise<string> {
  const directory = path.join(root, '.hooks');
  await mkdir(directory, { recursive: true });
  const hooks = { 'pre-receive': PRE_RECEIVE, 'post-receive': POST_RECEIVE };
  for (const [name, text] of Object.entries(hooks)) {
    const file = path.join(directory, name);
    // A push may be running the old one.
    await writeFile(`${file}.${process.pid}`, text, { mode: 0o755 });
    await rename(`${file}.${process.pid}`, file);
  }
  return directory;
}
