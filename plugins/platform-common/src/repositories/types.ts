/** A git repository on the forge. */
export interface Repository {
  name: string;
  description: string;
  /** The entity reference of the team that may push to it. */
  owner: string;
  defaultBranch: string;
  /** What `git clone` takes. */
  cloneUrl: string;
  /** The page that shows it in the portal. */
  webUrl: string;
  createdAt: string;
  /** Whether the default branch takes merges only. */
  isProtected?: boolean;
  /** The newest commit of the default branch; missing while there is none. */
  head?: CommitSummary;
}

export interface CommitSummary {
  /** 40 hexadecimal digits. */
  sha: string;
  /** The first line of the message. */
  title: string;
  authorName: string;
  authorEmail: string;
  /** ISO 8601. */
  authoredAt: string;
}

export interface CommitDetail extends CommitSummary {
  /** The whole message. */
  message: string;
  parents: string[];
  files: CommitFile[];
}

export interface CommitFile {
  path: string;
  change: 'added' | 'modified' | 'deleted' | 'renamed';
  additions: number;
  deletions: number;
  /** Unified diff of this file; missing where the file is binary or the diff too large to show. */
  patch?: string;
}

export interface TreeEntry {
  name: string;
  path: string;
  type: 'file' | 'directory';
  /** In bytes; files only. */
  size?: number;
}

export interface FileContent {
  path: string;
  size: number;
  /** Missing where the file is binary or too large to show. */
  text?: string;
}

/** A personal access token, without its secret. */
export interface AccessToken {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt?: string;
  expiresAt?: string;
}

/** A personal access token at the one moment its secret is known. */
export interface CreatedAccessToken extends AccessToken {
  token: string;
}
