export interface Config {
  platform: {
    /**
     * At least 32 random characters, the same for every backend. From it come the keys that encrypt the secrets of runs and
     * sign callback URLs.
     * @visibility secret
     */
    encryptionKey: string;
    /** Where releases run, in the order in which they are promoted. */
    environments: Array<{
      /** 1 to 16 lower-case letters and digits, starting with a letter. */
      name: string;
      /** What people read; left out, the name. */
      title?: string;
      /** Whether a green pipeline of the default branch is deployed here at once. Left out: no. */
      autoDeploy?: boolean;
      /** Whether a second person of the owning team has to agree to what changes it. Left out: no. */
      protected?: boolean;
    }>;
    teams?: {
      /**
       * Entity reference of the team that looks after the platform. Left out: `group:default/platform`.
       */
      platform?: string;
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
