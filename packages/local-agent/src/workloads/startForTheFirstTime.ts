import { AgentError } from '../AgentError';
import type { InstanceLog } from '../logs/InstanceLog';
import { explainStartExit } from './explainExit';
import type { InstanceProcess } from './InstanceProcess';
import type { Endpoint } from './types';

const PORT_ATTEMPTS = 3;
const SHOWN_LINES = 8;

/** The last lines of a log, as many as a message can hold. */
export const shownLines = (log: InstanceLog) => log.tail(SHOWN_LINES).lines;

/**
 * Starts an instance that never ran: it gets one try, and another one only where somebody else took its
 * port. Throws what went wrong; the process is the caller's to end.
 */
export async function startForTheFirstTime(options: {
  process: InstanceProcess;
  label: string;
  log: InstanceLog;
  directory: string;
  signal: AbortSignal;
  progress(text: string): void;
}): Promise<Endpoint> {
  const { process, label, log, directory, signal, progress } = options;
  for (let attempt = 1; ; attempt += 1) {
    const { readiness, port } = await process.launch(signal, progress);
    if (readiness.kind === 'ready') {
      return readiness.endpoint;
    }
    const failure =
      readiness.kind === 'failed'
        ? readiness.failure
        : await explainStartExit(label, readiness.exit, shownLines(log), {
            port,
            directory,
          });
    if (failure) {
      throw AgentError.final(failure);
    }
    if (attempt === PORT_ATTEMPTS) {
      throw new AgentError(
        'ConflictError',
        `Other programs took the port of ${label} ${PORT_ATTEMPTS} times in a row.`,
        'Try again.',
      );
    }
    progress(`Another program took port ${port}; trying another one.`);
  }
}
