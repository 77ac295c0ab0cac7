import type { IncomingMessage } from 'node:http';
import { AgentError } from '../AgentError';

const MAXIMUM_BODY_BYTES = 1024 * 1024;

/** The body of a request as JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) {
      throw new AgentError(
        'InputError',
        `The body is larger than ${MAXIMUM_BODY_BYTES} bytes.`,
      );
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new AgentError('InputError', 'The body is not JSON.');
  }
}
