import { useApi } from '@backstage/frontend-plugin-api';
import type { TreeEntry } from '@slipway/plugin-platform-common';
import {
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiFileLine,
} from '@remixicon/react';
import { useState } from 'react';
import { NavLink } from 'react-router-dom';
import {
  LiveView,
  platformApiRef,
  useLive,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import styles from './FileTree.module.css';

interface FileTreeProps {
  repository: string;
  sha: string;
  /** The path that is open; the folders above it are unfolded. */
  path: string;
}

/** The folders and files of a commit; a folder is loaded when it is unfolded. */
export function FileTree(props: FileTreeProps) {
  return (
    <nav aria-label="Files">
      <Folder {...props} folder="" />
    </nav>
  );
}

function Folder(props: FileTreeProps & { folder: string }) {
  const { repository, sha, folder } = props;
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: `${repository}/${sha}/${folder}`,
    matches: () => false,
    query: options => platformApi.getTree(repository, sha, folder, options),
  });
  return (
    <LiveView live={live} what="the files">
      {entries => (
        <ul className={styles.folder}>
          {[...entries].sort(foldersFirst).map(entry => (
            <li key={entry.path}>
              {entry.type === 'directory' ? (
                <FoldedFolder {...props} entry={entry} />
              ) : (
                <FileLink repository={repository} entry={entry} />
              )}
            </li>
          ))}
        </ul>
      )}
    </LiveView>
  );
}

function FoldedFolder(props: FileTreeProps & { entry: TreeEntry }) {
  const { entry, path } = props;
  const [isOpen, setOpen] = useState(path.startsWith(`${entry.path}/`));
  return (
    <>
      <button
        type="button"
        className={styles.entry}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? (
          <RiArrowDownSLine size={16} aria-hidden />
        ) : (
          <RiArrowRightSLine size={16} aria-hidden />
        )}
        {entry.name}
      </button>
      {isOpen && <Folder {...props} folder={entry.path} />}
    </>
  );
}

function FileLink(props: { repository: string; entry: TreeEntry }) {
  const { repository, entry } = props;
  const links = usePlatformLinks();
  return (
    <NavLink
      className={styles.entry}
      to={links.code(repository, entry.path) ?? ''}
    >
      <RiFileLine size={16} aria-hidden />
      {entry.name}
    </NavLink>
  );
}

function foldersFirst(a: TreeEntry, b: TreeEntry): number {
  return a.type === b.type
    ? a.name.localeCompare(b.name)
    : Number(b.type === 'directory') - Number(a.type === 'directory');
}
