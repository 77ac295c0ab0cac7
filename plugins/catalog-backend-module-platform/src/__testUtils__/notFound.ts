import { ResponseError } from '@backstage/errors';

/** What the client throws where the platform knows no such thing. */
export function notFound(): Promise<ResponseError> {
  const body = {
    error: { name: 'NotFoundError', message: 'not there' },
    request: { method: 'GET', url: '/' },
    response: { statusCode: 404 },
  };
  return ResponseError.fromResponse(Response.json(body, { status: 404 }));
}
