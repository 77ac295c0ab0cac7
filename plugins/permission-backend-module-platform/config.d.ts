export interface Config {
  platform?: {
    teams?: {
      /**
       * Entity reference of the team that looks after the platform. Left out: `group:default/platform`.
       */
      platform?: string;
    };
  };
}
