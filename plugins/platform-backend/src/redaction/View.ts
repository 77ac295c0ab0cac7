/** What stands at a place of an encoded text: so many characters that read as these, or an escape that isn't complete. */
export type Decoded = { length: number; chars: string } | 'open' | undefined;

/** An encoding, to be taken away. */
export interface Decoder {
  /** Finds the next place where something encoded may begin, or a newline; global. */
  next: RegExp;
  /** Reads what stands at such a place; `undefined` where it is the character itself. */
  decode(text: string, index: number): Decoded;
}

/** A part of a view: as in its source, or what an escape from `from` to `to` reads as. */
interface Segment {
  at: number;
  from: number;
  /** Missing where it is as in the source. */
  to?: number;
}

const NO_ENCODING: Decoder = { next: /[\r\n]/g, decode: () => undefined };

/**
 * A text as it reads once encodings are taken away, with where each of its characters came from. Newlines are left out, so that
 * what was wrapped or split over lines reads in one piece.
 */
export class View {
  /** What this is a view of; the original where it is missing. */
  readonly #source: View | undefined;
  readonly #segments: Segment[];

  private constructor(
    readonly text: string,
    /** Where an escape begins in the original that the text ends in the middle of. */
    readonly openFrom: number | undefined,
    source: View | undefined,
    segments: Segment[],
  ) {
    this.#source = source;
    this.#segments = segments;
  }

  /** The text itself, without its newlines. */
  static of(text: string): View {
    const original = new View(text, undefined, undefined, [{ at: 0, from: 0 }]);
    return text.includes('\n') || text.includes('\r')
      ? original.without(NO_ENCODING)
      : original;
  }

  /** This view with an encoding taken away, and newlines with it. */
  without({ next, decode }: Decoder): View {
    const { text } = this;
    const parts: string[] = [];
    const segments: Segment[] = [];
    let length = 0;
    const put = (part: string, from: number, to?: number) => {
      if (part !== '') {
        segments.push({ at: length, from, to });
        parts.push(part);
        length += part.length;
      }
    };
    let from = 0;
    let end = text.length;
    next.lastIndex = 0;
    for (let match = next.exec(text); match; match = next.exec(text)) {
      const { index } = match;
      const isNewline = match[0] === '\n' || match[0] === '\r';
      const decoded = isNewline
        ? { length: 1, chars: '' }
        : decode(text, index);
      if (decoded === 'open') {
        end = index;
        break;
      }
      if (decoded) {
        put(text.slice(from, index), from);
        from = index + decoded.length;
        put(decoded.chars.replace(/[\r\n]/g, ''), index, from);
        next.lastIndex = from;
      }
    }
    put(text.slice(from, end), from);
    const open = end < text.length ? this.startOf(end) : Infinity;
    const openFrom = Math.min(open, this.openFrom ?? Infinity);
    return new View(
      parts.join(''),
      openFrom === Infinity ? undefined : openFrom,
      this,
      segments,
    );
  }

  /** Where a character begins in the original. */
  startOf(index: number): number {
    const { at, from, to } = this.#segmentOf(index);
    const inSource = to === undefined ? from + index - at : from;
    return this.#source ? this.#source.startOf(inSource) : inSource;
  }

  /** Where a character ends in the original. */
  endOf(index: number): number {
    const { at, from, to } = this.#segmentOf(index);
    const last = to === undefined ? from + index - at : to - 1;
    return this.#source ? this.#source.endOf(last) : last + 1;
  }

  #segmentOf(index: number): Segment {
    let low = 0;
    let high = this.#segments.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#segments[middle].at <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return this.#segments[low];
  }
}
