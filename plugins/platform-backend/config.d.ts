export interface Config {
  platform: {
    /**
     * At least 32 random characters, the same for every backend. From it come the keys that encrypt the secrets of runs and
     * resources and sign callback URLs.
     * @visibility secret
     */
    encryptionKey: string;
    /**
     * Keys that were used before. What was encrypted with one of them can be read, and is encrypted with the current one by and by.
     * @visibility secret
     */
    previousEncryptionKeys?: string[];
    /**
     * Where the environments and resource definitions stand: one path or glob or several, relative to the working directory of
     * the backend. Changes to these files count without a restart.
     */
    environmentsFrom: string | string[];
    teams?: {
      /**
       * Entity reference of the team that looks after the platform. Left out: `group:default/platform`.
       */
      platform?: string;
    };
    resources?: {
      /** How far apart two looks at a resource are at most, in minutes: whether it is still what was asked for. Left out: 10. */
      driftCheckMinutes?: number;
    };
    artifacts: {
      /** Where the outputs of green pipelines are kept. */
      directory: string;
    };
    pipelines?: {
      /** How long a pipeline may take, in minutes. Left out: 15. */
      timeoutMinutes?: number;
    };
  };
}
