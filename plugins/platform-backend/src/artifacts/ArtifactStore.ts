import type { Artifact } from '@slipway/plugin-platform-common';

/** Keeps the immutable outputs of green pipelines. */
export interface ArtifactStore {
  /** Packs a directory and stores it; the same content gives the same digest, and is stored once. */
  put(directory: string): Promise<Artifact>;
  /** The file that holds an artifact. Throws `NotFoundError` where it is gone. */
  fileOf(digest: string): Promise<string>;
}
