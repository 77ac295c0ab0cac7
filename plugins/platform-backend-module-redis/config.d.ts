export interface Config {
  platform?: {
    redis?: {
      /**
       * The Redis servers (7 or newer, or Valkey) on which people get users of their own. Left out: none, and asking for one is
       * refused with a message that says so.
       */
      servers?: Array<{
        /** What definitions name; the first is taken where they don't. Lower-case letters, digits and hyphens. */
        name: string;

        /**
         * `redis://<user>:<password>@<host>:<port>`, or `rediss://` for TLS, of a user who may manage users: `ACL`, `INFO`, `CLIENT`,
         * `CONFIG`, `SCAN` and `UNLINK` on all keys.
         * @visibility secret
         */
        url: string;

        /** `<host>:<port>` as workloads reach it. Left out: as in the URL. */
        address?: string;
      }>;
    };
  };
}
