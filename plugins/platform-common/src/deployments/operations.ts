/** The kinds of runs that act on what serves somewhere, by what they do. */
export const OPERATION_RUN_KINDS = {
  scale: 'scale-service',
  restart: 'restart-service',
  stop: 'stop-service',
  start: 'start-service',
} as const;

/** What can be done with what serves somewhere. */
export type ServiceOperation = keyof typeof OPERATION_RUN_KINDS;

/** How many processes of a service run in an environment. */
export interface ReplicaPolicy {
  /** Where nobody scaled the service. */
  default: number;
  maximum: number;
}

/** A time of the week. Minutes since Monday 00:00 in a time zone of the IANA database; it may go over the end of the week. */
export interface SleepWindow {
  fromMinute: number;
  untilMinute: number;
  timeZone: string;
}
