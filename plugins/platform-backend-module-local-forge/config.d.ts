export interface Config {
  platform?: {
    /** Git repositories on this machine. */
    localForge?: {
      /** The directory that holds them; created where it is missing. */
      directory: string;

      /** The most a single push may transfer, in bytes. Left out: 209715200 (200 MiB). */
      maximumPackBytes?: number;
    };
  };
}
