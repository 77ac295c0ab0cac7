/** An entity, and who is to own it. */
export type Going = { entityRef: string; to: string };

/** The entities of one repository that go to one team. */
export type FoundRepository = {
  name: string;
  to: string;
  /** Who owned the repository; left out where it stays with them. */
  from?: string;
  entities: Going[];
};

/** A resource that the platform made. */
export type FoundResource = {
  id: string;
  entityRef: string;
  to: string;
  from: string;
};

/** Where it is written who owns what is to go. */
export type Found = {
  repositories: FoundRepository[];
  resources: FoundResource[];
};

/** A merge request that changes an entity file. */
export type Asked = { repository: string; number: number; sha: string };

/** The places that were changed, as sentences. */
export type Moved = { touched: string[] };
