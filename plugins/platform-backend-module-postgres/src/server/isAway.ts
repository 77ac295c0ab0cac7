import { isError } from '@backstage/errors';

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  // admin_shutdown, crash_shutdown, cannot_connect_now (it starts or stops), too_many_connections
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** Whether an error says that the server can't be reached now, which passes by itself more often than not. */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  return code
    ? AWAY.has(code) || code.startsWith('08')
    : isError(error) &&
        // pg tells a connection that broke or came too late in words only.
        /^(Connection terminated|timeout expired)/.test(error.message);
}

/** The SQLSTATE or system code of an error. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : undefined;
}
