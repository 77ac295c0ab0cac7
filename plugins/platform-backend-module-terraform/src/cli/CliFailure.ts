import { ConflictError, InputError } from '@backstage/errors';
import { type Diagnostic, readDiagnostics } from './readDiagnostics';

/** How many errors are told, and how long each may be: what people read, not what a machine printed. */
const MOST_TOLD = 3;
const LONGEST_DETAIL = 600;

/** The CLI ended with an error. Trying again may help. */
export class CliFailure extends Error {
  readonly name = 'CliFailure';

  constructor(what: string, diagnostics: Diagnostic[]) {
    const told = diagnostics.slice(0, MOST_TOLD).map(describe);
    const others = diagnostics.length - told.length;
    super(
      `${what} failed. ${told.join(' ')}${others > 0 ? ` And ${others} more.` : ''}`,
    );
  }
}

/**
 * The error that says why the CLI failed, by its summary rather than by all that it printed.
 *
 * @param what - what failed: `Planning`
 */
export function explainFailure(
  what: string,
  result: { output: string; beside: string; end: string },
): Error {
  const diagnostics = readDiagnostics(result.output, result.beside);
  const [first] = diagnostics;
  if (!first) {
    const last = result.beside.trim().split('\n').at(-1) ?? '';
    const summary = `The CLI ${result.end}${last && `, saying: ${last}`}`;
    return new CliFailure(what, [{ summary, detail: '' }]);
  }
  if (/^(Invalid|No) value for .*variable$/.test(first.summary)) {
    return new InputError(describe(first));
  }
  if (first.summary === 'Error acquiring the state lock') {
    return new ConflictError(
      `${what} failed: something else is still changing it. Try again once that has ended.`,
    );
  }
  return new CliFailure(what, diagnostics);
}

function describe({ summary, detail, address, place }: Diagnostic): string {
  const where = [address, place].filter(Boolean).join(', ');
  const text = `${summary}${detail && `: ${detail}`}`;
  const short =
    text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text;
  return `${short}${/[.!?…]$/.test(short) ? '' : '.'}${where && ` (${where})`}`;
}
