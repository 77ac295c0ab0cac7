import { LineRedactor } from './LineRedactor';
import { StreamRedactor } from './StreamRedactor';
import { ValueRedactor } from './ValueRedactor';

const SECRET = 'p/ä"s\\s+w ör&d?%€😀';
const OTHER = '😀-begins-where-the-first-ends';
const redactor = new ValueRedactor([SECRET, OTHER]);
const forms = [
  SECRET,
  JSON.stringify(SECRET),
  JSON.stringify(JSON.stringify(SECRET)),
  encodeURIComponent(SECRET),
  Buffer.from(SECRET).toString('base64'),
  Buffer.from(SECRET).toString('hex'),
  JSON.stringify(SECRET).replace(
    /[^ -~]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ),
];

function streamed(pieces: string[]): string {
  const stream = new StreamRedactor();
  const text = pieces.map(piece => stream.push(redactor, piece)).join('');
  return text + stream.release(redactor);
}

describe('StreamRedactor', () => {
  it('finds a secret wherever the text was cut', () => {
    for (const form of forms) {
      const text = `a \\ "${form}" \\n % z`;
      const whole = redactor.text(text);
      expect(whole).toContain('[redacted]');
      for (let cut = 0; cut <= text.length; cut += 1) {
        expect(streamed([text.slice(0, cut), text.slice(cut)])).toBe(whole);
      }
      expect(streamed(text.split(''))).toBe(whole);
    }
  });

  it('tells at once what can not be the beginning of a secret', () => {
    const stream = new StreamRedactor();
    expect(stream.push(redactor, 'hello p/ä')).toBe('hello ');
    expect(stream.holding).toBe(true);
    expect(stream.push(redactor, ' no')).toBe('p/ä no');
    expect(stream.holding).toBe(false);
  });

  it('finds two secrets that overlap at the cut', () => {
    const text = `${SECRET.slice(0, -2)}${OTHER}!`;
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(
        streamed([text.slice(0, cut), text.slice(cut)]).replaceAll(
          '[redacted]',
          '',
        ),
      ).toBe('!');
    }
  });

  it('holds back no more than a secret is long', () => {
    const stream = new StreamRedactor();
    const long = new ValueRedactor([`${SECRET}${'long'.repeat(100)}`]);
    let told = 0;
    for (let count = 0; count < 200; count += 1) {
      told += stream.push(
        long,
        `${count === 0 ? SECRET : ''}${'\n'.repeat(100)}`,
      ).length;
    }
    expect(told).toBeGreaterThan(100);
    expect(stream.release(long).length).toBeLessThan(20_000);
  });
});

describe('LineRedactor', () => {
  it('finds a secret that is split over lines, and keeps the lines', () => {
    const lines = new LineRedactor<number>();
    const told = [
      'one',
      `password: ${SECRET.slice(0, 4)}`,
      SECRET.slice(4, 9),
      `${SECRET.slice(9)} ok`,
      'p/',
    ].flatMap((text, index) => lines.push(redactor, text, index));
    expect(told).toEqual([
      { text: 'one', about: 0 },
      { text: 'password: [redacted]', about: 1 },
      { text: '[redacted]', about: 2 },
      { text: '[redacted] ok', about: 3 },
    ]);
    expect(lines.holding).toBe(true);
    expect(lines.release(redactor)).toEqual([{ text: 'p/', about: 4 }]);
    expect(lines.holding).toBe(false);
  });

  it('leaves nothing of a secret at the end of a line that was cut off', () => {
    const lines = new LineRedactor<string>();
    expect([
      ...lines.push(redactor, 'p/', 'a'),
      ...lines.push(redactor, `ä"s and ${SECRET.slice(0, 8)}`, 'b', true),
      ...lines.push(redactor, 'next', 'c'),
    ]).toEqual([
      { text: 'p/', about: 'a' },
      { text: 'ä"s and [redacted]', about: 'b' },
      { text: 'next', about: 'c' },
    ]);
  });
});
