import { ResponseError } from '@backstage/errors';

/** What the server said when it refused: the status and the message. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!ResponseError.is(error)) {
    throw new Error(`Expected a refusal, got ${error}`);
  }
  return `${error.statusCode} ${error.cause.message}`;
}
