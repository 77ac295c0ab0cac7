export interface Config {
  platform?: {
    /** Pipelines that run on the portal's own machine. */
    localPipelines?: {
      /** Holds a workspace for each running pipeline, and npm's cache. */
      directory: string;

      /** How many pipelines run at a time; the others wait. Default: 2. */
      concurrency?: number;

      /** Whom jobs run as when the portal itself is root. Default: nobody. */
      user?: string;
    };
  };
}
