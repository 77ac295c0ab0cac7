/**
 * A text as it reads once an encoding is taken away, with where each of its characters came from. Newlines are left out, so that
 * what was wrapped or split over lines reads in one piece.
 */
export interface View {
  text: string;
  /** Where a character begins in the original; missing where nothing moved. */
  starts?: Uint32Array;
  /** Where it ends in the original. */
  ends?: Uint32Array;
  /** Where an escape begins in the original that the text ends in the middle of. */
  openFrom?: number;
}

/** What stands at a place of an encoded text: so many characters that read as these, or an escape that isn't complete. */
export type Decoded = { length: number; chars: string } | 'open' | undefined;

/** An encoding, to be taken away. */
export interface Decoder {
  /** The characters with which something encoded begins. */
  leads: string;
  /** Reads what stands at `index`, which is one of the leads; `undefined` where it is the character itself. */
  decode(text: string, index: number): Decoded;
}

const NEWLINES = /[\r\n]/;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The text itself, without its newlines. */
export function plainView(text: string): View {
  return NEWLINES.test(text)
    ? transform({ text }, { leads: '', decode: () => undefined })
    : { text };
}

/** Takes an encoding away from a view, and newlines with it. */
export function transform(source: View, { leads, decode }: Decoder): View {
  const { text } = source;
  const { length } = text;
  const first = leads.charCodeAt(0);
  const second = leads.charCodeAt(1);
  const codes = new Uint16Array(length);
  const starts = new Uint32Array(length);
  const ends = new Uint32Array(length);
  let count = 0;
  let { openFrom } = source;
  let index = 0;
  const put = (code: number, start: number, end: number) => {
    if (code !== LINE_FEED && code !== CARRIAGE_RETURN) {
      codes[count] = code;
      starts[count] = start;
      ends[count] = end;
      count += 1;
    }
  };
  while (index < length) {
    const code = text.charCodeAt(index);
    const start = startOf(source, index);
    const decoded =
      code === first || code === second ? decode(text, index) : undefined;
    if (decoded === undefined) {
      put(code, start, endOf(source, index));
      index += 1;
    } else if (decoded === 'open') {
      openFrom = openFrom === undefined ? start : Math.min(openFrom, start);
      break;
    } else {
      const end = endOf(source, index + decoded.length - 1);
      for (let at = 0; at < decoded.chars.length; at += 1) {
        put(decoded.chars.charCodeAt(at), start, end);
      }
      index += decoded.length;
    }
  }
  return {
    text: Buffer.from(codes.buffer, 0, count * 2).toString('utf16le'),
    starts,
    ends,
    openFrom,
  };
}

/** Where a character of a view begins in the original. */
export function startOf({ starts }: View, index: number): number {
  return starts ? starts[index] : index;
}

/** Where a character of a view ends in the original. */
export function endOf({ ends }: View, index: number): number {
  return ends ? ends[index] : index + 1;
}
