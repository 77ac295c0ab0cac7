/** A group of the catalog, as far as ownership goes. */
export interface DirectoryGroup {
  /** User references. */
  members: readonly string[];
  annotations?: Readonly<Record<string, string>>;
}

/** A person of the catalog, as far as ownership goes. */
export interface DirectoryUser {
  /** References of the groups that the person is a direct member of. */
  groups: readonly string[];
  email?: string;
  /** ISO 8601; when something of the person was last seen in a repository. Left out where nothing was. */
  lastActiveAt?: string;
}

/** Who there is, by reference: `group:default/payments`, `user:default/mara`, in lower case. */
export interface OwnershipDirectory {
  groups: ReadonlyMap<string, DirectoryGroup>;
  users: ReadonlyMap<string, DirectoryUser>;
}
