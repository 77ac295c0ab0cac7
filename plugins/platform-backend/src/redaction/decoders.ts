import type { Decoded, Decoder } from './View';

const NAMED: Record<string, string> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const ESCAPES =
  /\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|([^]))/iy;
/** The beginning of an escape at the very end. */
const OPEN_ESCAPE = /\\(?:u[0-9a-f]{0,3}|u\{[0-9a-f]{0,6}|x[0-9a-f]?)?$/iy;
const PERCENT = /%([0-9a-f]{2})/iy;
const OPEN_PERCENT = /%[0-9a-f]?$/iy;

/**
 * Backslash escapes, as in JSON and in the string literals of most languages: `\"`, `\/`, `\n`, `\u00e9`, `\xe9`. Any other
 * character stands for itself.
 */
export const backslashes: Decoder = {
  next: /[\\\r\n]/g,
  decode: decodeBackslash,
};

function decodeBackslash(text: string, index: number): Decoded {
  if (matchAt(OPEN_ESCAPE, text, index)) {
    return 'open';
  }
  const match = matchAt(ESCAPES, text, index);
  if (!match) {
    return undefined;
  }
  const [whole, unicode, point, byte, char] = match;
  const hex = unicode ?? byte;
  if (hex) {
    return {
      length: whole.length,
      chars: String.fromCharCode(parseInt(hex, 16)),
    };
  }
  if (point) {
    const code = parseInt(point, 16);
    return {
      length: whole.length,
      chars: code <= 0x10ffff ? String.fromCodePoint(code) : '',
    };
  }
  return { length: 2, chars: NAMED[char] ?? char };
}

/** Percent-encoding of UTF-8 in either case, and of Latin-1 where it is no UTF-8. */
export const percents: Decoder = { next: /[%\r\n]/g, decode: decodePercent };

/** Percent-encoding as forms use it, where a plus is a space. */
export const formEncoding: Decoder = {
  next: /[%+\r\n]/g,
  decode: (text, index) =>
    text[index] === '+'
      ? { length: 1, chars: ' ' }
      : decodePercent(text, index),
};

function decodePercent(text: string, index: number): Decoded {
  const first = byteAt(text, index);
  if (typeof first !== 'number') {
    return first;
  }
  const bytes = [first];
  for (let more = continuationsOf(first); more > 0; more -= 1) {
    const at = index + 3 * bytes.length;
    const next = at === text.length ? 'open' : byteAt(text, at);
    if (next === 'open') {
      return 'open';
    }
    // eslint-disable-next-line no-bitwise
    if (next === undefined || (next & 0xc0) !== 0x80) {
      return { length: 3, chars: String.fromCharCode(first) };
    }
    bytes.push(next);
  }
  return {
    length: 3 * bytes.length,
    chars:
      bytes.length === 1
        ? String.fromCharCode(first)
        : Buffer.from(bytes).toString('utf8'),
  };
}

function byteAt(text: string, index: number): number | 'open' | undefined {
  const match = matchAt(PERCENT, text, index);
  if (match) {
    return parseInt(match[1], 16);
  }
  return matchAt(OPEN_PERCENT, text, index) ? 'open' : undefined;
}

function continuationsOf(byte: number): number {
  if (byte >= 0xf0 && byte < 0xf8) {
    return 3;
  }
  if (byte >= 0xe0 && byte < 0xf0) {
    return 2;
  }
  return byte >= 0xc2 && byte < 0xe0 ? 1 : 0;
}

function matchAt(
  pattern: RegExp,
  text: string,
  index: number,
): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
