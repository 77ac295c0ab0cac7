import { MarkdownContent } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FileContent } from '@slipway/plugin-platform-common';
import {
  CopyButton,
  EmptyNotice,
  formatBytes,
  keyboardScroll,
  LiveView,
  Panel,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import styles from './FileView.module.css';

const README = /^readme\.md$/i;
const MARKDOWN = /\.md$/i;

/** A file of a commit; where none is chosen, the README of the repository. */
export function FileView(props: {
  repository: string;
  sha: string;
  path: string | undefined;
}) {
  const { repository, sha, path } = props;
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: `${repository}/${sha}/${path ?? ''}`,
    matches: () => false,
    query: async options => {
      if (path !== undefined) {
        return {
          file: await platformApi.getFile(repository, sha, path, options),
        };
      }
      const entries = await platformApi.getTree(repository, sha, '', options);
      const readme = entries.find(({ name }) => README.test(name));
      return {
        file:
          readme &&
          (await platformApi.getFile(repository, sha, readme.path, options)),
      };
    },
  });
  return (
    <LiveView live={live} what={path ?? 'the README'}>
      {({ file }) =>
        file ? (
          <Content file={file} />
        ) : (
          <EmptyNotice title="No README">
            Choose a file to look at. A README.md would be shown here.
          </EmptyNotice>
        )
      }
    </LiveView>
  );
}

function Content({ file }: { file: FileContent }) {
  const { path, size, text } = file;
  return (
    <Panel
      title={path}
      aside={
        <span className={styles.aside}>
          {formatBytes(size)}
          {text !== undefined && (
            <CopyButton text={text} accessibleLabel={`Copy ${path}`} />
          )}
        </span>
      }
    >
      {text === undefined ? (
        <EmptyNotice title="Not shown">
          The file is binary or too large to show. Clone the repository to look
          at it.
        </EmptyNotice>
      ) : (
        <Text path={path} text={text} />
      )}
    </Panel>
  );
}

function Text({ path, text }: { path: string; text: string }) {
  if (MARKDOWN.test(path)) {
    return <MarkdownContent content={text} dialect="gfm" />;
  }
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    <pre className={styles.code} {...keyboardScroll} aria-label={path}>
      {lines.map((line, index) => (
        <span key={index} className={styles.line} data-number={index + 1}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
