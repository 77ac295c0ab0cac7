import { ResponseError } from '@backstage/errors';

/** The error that the server answered with, whose message is made for people, in place of the one about HTTP. */
export function explainResponse(error: unknown): unknown {
  return error instanceof ResponseError ? error.cause : error;
}

/** Tells whether the server understood a request and said no, so that asking again won't help. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ResponseError && error.response.status < 500;
}
