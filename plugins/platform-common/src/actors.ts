/** Who asked for the runs that the platform starts by itself: what has expired is destroyed, what was kept long enough is purged. */
export const PLATFORM_ACTOR = 'service:default/platform';
