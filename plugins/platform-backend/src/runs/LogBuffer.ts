import { LineRedactor } from '../redaction/LineRedactor';
import { MAX_LOG_LINES, type NewLogLine } from './runLogLines';
import type { Redactor } from './RunSecrets';

/** The longest line kept, in characters. */
export const MAX_LINE_LENGTH = 4_000;
/** What is looked through of a longer line, so that nothing of a secret is left where it is cut. */
const MAX_RAW_LENGTH = 64 * 1024;
/** How much may wait to be stored, in characters. */
const MAX_WAITING = 8 * 1024 * 1024;
/** How many lines are stored in one go. */
const BATCH = 1_000;

interface RawLine {
  stepId: string;
  at: Date;
  text: string;
}

interface BufferedStep {
  lines: LineRedactor<Date>;
  lastAt: number;
  ended: boolean;
}

/** What the steps of a run have logged and is not yet stored. Bounded. */
export class LogBuffer {
  /** How many lines the run has logged so far, as far as known here. */
  total = 0;
  readonly #waiting: RawLine[] = [];
  readonly #steps = new Map<string, BufferedStep>();
  #waitingLength = 0;
  #leftOut = 0;
  #missed = 0;
  #lastStep = '';

  /** Whether nothing waits, and nothing is to be expected. */
  get idle(): boolean {
    return this.#nothingWaits && this.#leftOut === 0 && this.#steps.size === 0;
  }

  /** Whether a line is held back that may be the beginning of a secret. */
  get holding(): boolean {
    return [...this.#steps.values()].some(({ lines }) => lines.holding);
  }

  get #nothingWaits(): boolean {
    return this.#waiting.length === 0 && this.#missed === 0;
  }

  add(stepId: string, text: string): void {
    const at = new Date();
    this.#lastStep = stepId;
    const step = this.#steps.get(stepId);
    if (step) {
      step.lastAt = at.getTime();
      step.ended = false;
    } else {
      this.#steps.set(stepId, {
        lines: new LineRedactor(),
        lastAt: at.getTime(),
        ended: false,
      });
    }
    const end = text.endsWith('\n') ? text.length - 1 : text.length;
    for (let from = 0; from <= end;) {
      const newline = text.indexOf('\n', from);
      const to = newline < 0 || newline > end ? end : newline;
      this.#addLine(stepId, at, text, from, to);
      from = to + 1;
    }
  }

  /** Ends the logs of a step: what is held back of it comes out next time. */
  release(stepId: string): void {
    const step = this.#steps.get(stepId);
    if (step) {
      step.ended = true;
    }
  }

  releaseAll(): void {
    this.#steps.forEach(step => {
      step.ended = true;
    });
  }

  /** Whether there is something to store, or held back for longer than `holdMs`. */
  due(holdMs: number): boolean {
    return (
      !this.#nothingWaits ||
      (this.#leftOut > 0 && !this.holding) ||
      [...this.#steps.values()].some(step => over(step, holdMs))
    );
  }

  /** Takes out what can be stored next, redacted, and how many lines were left out after it. */
  take(
    redactor: Redactor,
    holdMs: number,
  ): { kept: NewLogLine[]; leftOut: number; stepId: string } {
    const kept: NewLogLine[] = [];
    for (const { stepId, at, text } of this.#waiting.splice(0, BATCH)) {
      this.#waitingLength -= text.length;
      const cut = text.length === MAX_RAW_LENGTH;
      const step = this.#steps.get(stepId);
      const told = step?.lines.push(redactor, text, at, cut) ?? [];
      kept.push(...told.map(line => toStored(stepId, line.about, line.text)));
    }
    if (this.#waiting.length === 0) {
      for (const [stepId, step] of this.#steps) {
        if (over(step, holdMs)) {
          const told = step.lines.release(redactor);
          kept.push(
            ...told.map(line => toStored(stepId, line.about, line.text)),
          );
        }
        if (step.ended) {
          this.#steps.delete(stepId);
        }
      }
    }
    if (this.#waiting.length === 0 && this.#missed > 0) {
      const text = `${this.#missed} lines were left out here: they came faster than they could be stored.`;
      kept.push({ stepId: this.#lastStep, at: new Date(), text });
      this.#missed = 0;
    }
    let leftOut = 0;
    if (this.#nothingWaits && !this.holding) {
      leftOut = this.#leftOut;
      this.#leftOut = 0;
    }
    return { kept, leftOut, stepId: this.#lastStep };
  }

  #addLine(
    stepId: string,
    at: Date,
    text: string,
    from: number,
    to: number,
  ): void {
    // One more than are kept, so that it is seen that there were more.
    if (this.total + this.#waiting.length > MAX_LOG_LINES) {
      this.#leftOut += 1;
    } else if (this.#waitingLength > MAX_WAITING) {
      this.#missed += 1;
    } else {
      const line = lastState(text.slice(from, to)).slice(0, MAX_RAW_LENGTH);
      this.#waitingLength += line.length;
      this.#waiting.push({ stepId, at, text: line });
    }
  }
}

function over(step: BufferedStep, holdMs: number): boolean {
  return (
    step.ended || (step.lines.holding && Date.now() - step.lastAt >= holdMs)
  );
}

/** A progress bar writes its line again and again, after carriage returns; the last one counts. */
function lastState(line: string): string {
  return line.includes('\r')
    ? (line.split('\r').findLast(state => state !== '') ?? '')
    : line;
}

function toStored(stepId: string, at: Date, text: string): NewLogLine {
  return {
    stepId,
    at,
    text:
      text.length > MAX_LINE_LENGTH
        ? `${text.slice(0, MAX_LINE_LENGTH - 1)}…`
        : text,
  };
}
