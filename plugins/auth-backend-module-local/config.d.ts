import { HumanDuration } from '@backstage/types';

export interface Config {
  auth?: {
    providers?: {
      /** Sign-in with a user name and a password. */
      local?: {
        /**
         * The catalog files whose users get a password at the start: paths or globs, taken relative to the directory
         * that the backend runs in, like the targets of `catalog.locations`.
         */
        usersFrom: string | string[];
        /**
         * The file that generated passwords are written to, readable by its owner only. A user's line is taken out
         * when they choose a password of their own.
         */
        passwordFile: string;
        /** After how long without any use a session ends. Left out: 14 days. */
        sessionDuration?: HumanDuration | string;
      };
    };
  };
}
