import type { Artifact } from '@slipway/plugin-platform-common';

/** Keeps what is immutable and addressed by its digest: outputs of green pipelines, and the files of new repositories. */
export interface ArtifactStore {
  /** Packs a directory and stores it; the same content gives the same digest, and is stored once. */
  put(directory: string): Promise<Artifact>;
  /**
   * Stores an archive as it is sent. Throws `InputError` where it is no gzip, or larger than the limit.
   *
   * @param limit - in bytes
   */
  receive(archive: AsyncIterable<Uint8Array>, limit: number): Promise<Artifact>;
  /** The file that holds an artifact. Throws `NotFoundError` where it is gone. */
  fileOf(digest: string): Promise<string>;
  /**
   * One file of an artifact; `undefined` where it has none of that path. Throws `InputError` where it is larger than the limit.
   *
   * @param limit - in bytes
   */
  readFile(
    digest: string,
    file: string,
    limit: number,
  ): Promise<Buffer | undefined>;
}
