import type { Redactor } from '../runs/RunSecrets';
import { FormIndex, type Range } from './FormIndex';
import { formsOf } from './formsOf';
import { readings } from './readings';
import { REDACTED, redactLines } from './redactLines';

/** The most characters that one character of a secret is written with: `\\\\u00e9`, or a percent-encoded one in JSON. */
const LONGEST_ESCAPE = 12;
/** Room for what stands between the lines of a secret. */
const SLACK = 1_024;

/** Removes values, in all their forms, from text and JSON. */
export class ValueRedactor implements Redactor {
  readonly #index: FormIndex;
  readonly #mostHeld: number;
  readonly active: boolean;

  /** @param secrets - the values, as they were registered */
  constructor(secrets: string[]) {
    this.active = secrets.length > 0;
    this.#index = new FormIndex(secrets.flatMap(formsOf));
    this.#mostHeld = this.#index.longest * LONGEST_ESCAPE + SLACK;
  }

  text(value: string): string {
    return this.active ? replace(value, this.#search(value).ranges) : value;
  }

  json<T>(value: T): T {
    return this.active ? (this.#json(value) as T) : value;
  }

  hold(value: string): { text: string; held: string } {
    if (!this.active) {
      return { text: value, held: '' };
    }
    const { ranges, openFrom } = this.#search(value);
    const cut = boundary(value, ranges, openFrom);
    // A secret doesn't grow with the text: what is longer than any of them can't be the beginning of one.
    if (value.length - cut > this.#mostHeld) {
      return { text: replace(value, ranges), held: '' };
    }
    const before = ranges.filter(({ end }) => end <= cut);
    return {
      text: replace(value.slice(0, cut), before),
      held: value.slice(cut),
    };
  }

  #search(value: string): { ranges: Range[]; openFrom: number } {
    const found: Range[] = [];
    let openFrom = value.length;
    for (const view of readings(value)) {
      const { ranges, openFrom: open } = this.#index.search(view.text);
      for (const { start, end } of ranges) {
        found.push({ start: view.startOf(start), end: view.endOf(end - 1) });
      }
      openFrom = Math.min(
        openFrom,
        view.openFrom ?? openFrom,
        open === undefined ? openFrom : view.startOf(open),
      );
    }
    return { ranges: united(found), openFrom };
  }

  #json(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (typeof value === 'number') {
      const text = String(value);
      return this.text(text) === text ? value : REDACTED;
    }
    if (Array.isArray(value)) {
      return value.map(item => this.#json(item));
    }
    if (isPlainObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          this.text(key),
          this.#json(item),
        ]),
      );
    }
    return value;
  }
}

/** The last place before which everything can be told: neither in a secret, nor after a backslash that belongs to what follows. */
function boundary(value: string, ranges: Range[], openFrom: number): number {
  if (openFrom === value.length) {
    return openFrom;
  }
  let cut = openFrom;
  let before: number;
  do {
    before = cut;
    while (value[cut - 1] === '\\') {
      cut -= 1;
    }
    const at = cut;
    cut = ranges.find(({ start, end }) => start < at && end > at)?.start ?? cut;
  } while (cut !== before);
  return cut;
}

function united(ranges: Range[]): Range[] {
  const result: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start)) {
    const last = result[result.length - 1];
    if (last && range.start < last.end) {
      last.end = Math.max(last.end, range.end);
    } else {
      result.push({ ...range });
    }
  }
  return result;
}

function replace(value: string, ranges: Range[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of ranges) {
    result += value.slice(from, start) + redactLines(value.slice(start, end));
    from = end;
  }
  return result + value.slice(from);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
