export interface Config {
  ownership?: {
    onCall?: {
      /**
       * The folder of the files of on-call rotations, relative to the working directory of the backend. Changes to these files count
       * without a restart. Left out: `../../org/oncall`.
       */
      directory?: string;
    };
    leavers?: {
      /** For how long somebody must be gone from the catalog until what they had is taken back, in seconds. Left out: 60. */
      afterSeconds?: number;
    };
    links?: {
      /** Where the company's PagerDuty is: `https://acme.pagerduty.com`. Left out, annotations are shown without a link. */
      pagerDuty?: string;
      /** Where the company's Opsgenie is: `https://acme.app.eu.opsgenie.com`. Left out, annotations are shown without a link. */
      opsgenie?: string;
    };
  };
}
