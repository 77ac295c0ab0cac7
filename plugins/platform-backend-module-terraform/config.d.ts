export interface Config {
  platform?: {
    /** OpenTofu or Terraform modules as resource providers. Left out: none. */
    terraform?: {
      /** A folder whose folders with a `slipway.yaml` are modules. */
      modules: string;

      /**
       * Where modules are worked on, and downloaded providers are kept. Only the portal may read it: for the time of an act it holds secrets.
       */
      directory: string;

      /**
       * The PostgreSQL database in which the CLI's own `pg` backend keeps the states, secrets and all, each in a schema of its own.
       */
      state: {
        host: string;

        /** Left out: 5432. */
        port?: number;

        /** Who may create schemas there. */
        user: string;

        /** @visibility secret */
        password: string;

        /** Left out: postgres. */
        database?: string;

        /** Left out: verify-full. */
        sslmode?: 'disable' | 'verify-full';
      };

      /** The CLI. Left out: `tofu` on the PATH, else `terraform`. */
      cli?: string;

      /** How many processes of the CLI run at a time in one backend; the others wait. Left out: 8. */
      concurrency?: number;

      /**
       * Environment variables for the CLI and its providers, such as their credentials. Of the portal's own they get only what it takes to reach the
       * network.
       * @deepVisibility secret
       */
      environment?: { [name: string]: string };
    };
  };
}
