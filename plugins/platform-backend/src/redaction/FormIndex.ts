import { MIN_SECRET_LENGTH } from './formsOf';

/** From one character to before another. */
export interface Range {
  start: number;
  end: number;
}

/** What is found in a text. */
export interface Findings {
  /** Where forms stand, each the longest from its start; they may overlap. */
  ranges: Range[];
  /** Where a form begins that the text ends in the middle of; the first such place. */
  openFrom?: number;
}

const SEED = MIN_SECRET_LENGTH;
const FACTOR = 0x01000193;
const FILTER_BITS = 16;

/* eslint-disable no-bitwise */

// Looked up once: it is called for every character.
const { imul } = Math;

/**
 * Finds any of many strings in one pass, after Rabin and Karp: a rolling hash of {@link MIN_SECRET_LENGTH} characters tells where one may
 * begin, and only there it is compared. Unlike with Aho and Corasick's machine, the memory is that of the strings.
 */
export class FormIndex {
  readonly #bySeed = new Map<string, string[]>();
  readonly #beginnings = new Set<string>();
  readonly #filter = new Uint8Array(1 << FILTER_BITS);
  readonly #leading: number;
  /** The length of the longest form. */
  readonly longest: number;

  constructor(forms: string[]) {
    const longestFirst = [...new Set(forms)].sort(
      (a, b) => b.length - a.length,
    );
    this.longest = longestFirst[0]?.length ?? 0;
    for (const form of longestFirst) {
      const seed = form.slice(0, SEED);
      const others = this.#bySeed.get(seed);
      if (others) {
        others.push(form);
      } else {
        this.#bySeed.set(seed, [form]);
        this.#filter[slot(hashOf(seed))] = 1;
        for (let length = 1; length < SEED; length += 1) {
          this.#beginnings.add(form.slice(0, length));
        }
      }
    }
    this.#leading = power(FACTOR, SEED - 1);
  }

  search(text: string): Findings {
    const ranges: Range[] = [];
    let openFrom: number | undefined;
    let covered = 0;
    const filter = this.#filter;
    const leading = this.#leading;
    const last = text.length - SEED;
    let hash = last >= 0 ? hashOf(text) : 0;
    for (let start = 0; start <= last; start += 1) {
      if (filter[slot(hash)] === 1) {
        const forms = this.#bySeed.get(text.slice(start, start + SEED)) ?? [];
        if (openFrom === undefined && continues(forms, text, start)) {
          openFrom = start;
        }
        const end = endOfLongest(forms, text, start, covered);
        if (end !== undefined) {
          ranges.push({ start, end });
          covered = end;
        }
      }
      const out = imul(text.charCodeAt(start), leading);
      hash = (imul(hash - out, FACTOR) + text.charCodeAt(start + SEED)) | 0;
    }
    for (
      let start = Math.max(0, last + 1);
      openFrom === undefined && start < text.length;
      start += 1
    ) {
      if (this.#beginnings.has(text.slice(start))) {
        openFrom = start;
      }
    }
    return { ranges, openFrom };
  }
}

/** Where the longest form ends that stands here, unless what is covered already goes as far. */
function endOfLongest(
  forms: string[],
  text: string,
  start: number,
  covered: number,
): number | undefined {
  for (const form of forms) {
    const end = start + form.length;
    if (end <= covered) {
      return undefined;
    }
    if (end <= text.length && text.startsWith(form, start)) {
      return end;
    }
  }
  return undefined;
}

function continues(forms: string[], text: string, start: number): boolean {
  const left = text.length - start;
  // The longest come first.
  if (forms.length === 0 || forms[0].length <= left) {
    return false;
  }
  const tail = text.slice(start);
  return forms.some(form => form.length > left && form.startsWith(tail));
}

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < SEED; index += 1) {
    hash = (imul(hash, FACTOR) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

function slot(hash: number): number {
  return imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function power(base: number, exponent: number): number {
  return exponent === 0 ? 1 : imul(power(base, exponent - 1), base);
}
