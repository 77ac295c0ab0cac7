export interface Config {
  platform?: {
    /** The agent that runs services on this machine. */
    localRuntime?: {
      /** The address of its control API, such as http://127.0.0.1:7081. */
      agentUrl: string;

      /**
       * The token that it expects.
       * @visibility secret
       */
      agentToken: string;

      /** The address of a service: {workload} stands for `<service>-<environment>`. */
      routerUrl: string;
    };
  };
}
