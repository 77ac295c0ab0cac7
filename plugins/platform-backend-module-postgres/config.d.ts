export interface Config {
  platform?: {
    postgres?: {
      /** The PostgreSQL servers (15 or newer) on which databases are made. One called `default` is used where nobody says which. */
      servers?: Array<{
        /** What definitions call it. */
        name: string;

        /** Where the platform and the workloads reach it. */
        host: string;
        /** A number, or one as text, as it comes from the environment. Left out: 5432. */
        port?: number | string;

        /**
         * Who makes databases and roles: a superuser, or, from PostgreSQL 16 on, a role with CREATEDB and CREATEROLE. Sessions are its
         * own: no pooler that shares them may stand between.
         */
        user: string;
        /** @visibility secret */
        password: string;
        /** The database it connects to. Left out: `postgres`. */
        database?: string;

        /** Left out: no TLS. */
        ssl?: {
          /** Left out: true. */
          rejectUnauthorized?: boolean;
          /** The certificate of the authority, in PEM. */
          ca?: string;
        };

        /** The extensions that may be asked for. Left out: none. */
        extensions?: string[];
      }>;
    };
  };
}
