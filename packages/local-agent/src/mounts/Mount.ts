/** A volume, or a file that is not of the artifact, as an instance finds it. */
export interface Mount {
  kind: 'volume' | 'file';
  /** The environment variable that says where it is. */
  variable: string;
  /** Where it is on this machine. */
  source: string;
  /** Where the process shall see it, if that is another place: only bubblewrap can bring it there. */
  target?: string;
  readOnly: boolean;
}

/** A mount that has to be brought to its place. */
export type Bind = Mount & { target: string };

export function isBind(mount: Mount): mount is Bind {
  return mount.target !== undefined;
}
