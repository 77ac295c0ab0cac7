/** Who calls; left out in the browser, where the fetch API adds the signed-in user. */
export interface RequestOptions {
  token?: string;
  signal?: AbortSignal;
}

/** Options of calls that start something: the same key starts it once, however often it is sent. */
export interface StartOptions extends RequestOptions {
  idempotencyKey?: string;
}
