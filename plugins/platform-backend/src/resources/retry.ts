/** Most errors of a provider pass when what it talks to is back: 7 attempts in about a minute. */
export const RETRY = { attempts: 7, delayMs: 1_000 };

/** Longer than any provider is given in a step, in milliseconds, so that the provider's own limit counts. */
export const STEP_MS = 24 * 60 * 60_000;
