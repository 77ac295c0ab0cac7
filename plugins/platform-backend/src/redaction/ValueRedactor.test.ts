import { randomBytes } from 'node:crypto';
import { stringify } from 'node:querystring';
import { ValueRedactor } from './ValueRedactor';

const PASSWORD = 'p/ä"s\\s+w ör&d?%€😀';
const TOKEN = 'ghp_0123456789abcdefABCDEF';
const KEY = `-----BEGIN PRIVATE KEY-----
${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'.repeat(2)}
dGhlIGxhc3QgbGluZQ==
-----END PRIVATE KEY-----
`;

const redactor = new ValueRedactor([PASSWORD, TOKEN, KEY]);

function inside(base64: BufferEncoding, secret: string) {
  return ['', 'u', 'us'].map(before =>
    Buffer.from(`${before}${secret}:after`).toString(base64),
  );
}

function asciiJson(value: string) {
  return JSON.stringify(value).replace(
    /[^ -~]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

describe('ValueRedactor', () => {
  it.each<[string, string]>([
    ['as it is', PASSWORD],
    ['as JSON', JSON.stringify(PASSWORD)],
    ['as JSON of ASCII', asciiJson(PASSWORD)],
    [
      'as JSON with slashes escaped',
      JSON.stringify(PASSWORD).replaceAll('/', '\\/'),
    ],
    ['as JSON in JSON', JSON.stringify(JSON.stringify({ PASSWORD }))],
    ['as ASCII JSON in JSON', JSON.stringify(asciiJson(PASSWORD))],
    [
      'as JSON in JSON in JSON',
      JSON.stringify(JSON.stringify(asciiJson(PASSWORD))),
    ],
    ['in a URL', encodeURIComponent(PASSWORD)],
    [
      'in a URL in lower case',
      encodeURIComponent(PASSWORD).replace(/%../g, hex => hex.toLowerCase()),
    ],
    [
      'in a URL whose every character is encoded',
      [...Buffer.from(PASSWORD)]
        .map(byte => `%${byte.toString(16).padStart(2, '0')}`)
        .join(''),
    ],
    ['in a form', new URLSearchParams({ PASSWORD }).toString()],
    ['in a query', stringify({ PASSWORD })],
    ['in a URL in a URL', encodeURIComponent(encodeURIComponent(PASSWORD))],
    ['in a URL of JSON', encodeURIComponent(JSON.stringify(PASSWORD))],
    ['in JSON of a URL', JSON.stringify(encodeURIComponent(PASSWORD))],
    ['hexadecimal', Buffer.from(PASSWORD).toString('hex')],
    [
      'hexadecimal, in upper case',
      Buffer.from(PASSWORD).toString('hex').toUpperCase(),
    ],
    [
      'in Base64 in a URL',
      encodeURIComponent(Buffer.from(PASSWORD).toString('base64')),
    ],
    [
      'in Base64 with a newline',
      Buffer.from(`${PASSWORD}\n`).toString('base64'),
    ],
  ])('removes a secret %s', (_, text) => {
    const redacted = redactor.text(`before ${text} after`);
    expect(redacted).toContain('[redacted]');
    expect(redacted.replace('[redacted]', '').length).toBeLessThan(40);
    expect(redacted).toMatch(/^before .*after$/);
  });

  it.each<BufferEncoding>(['base64', 'base64url'])(
    'removes what is in the middle of %s',
    encoding => {
      for (const secret of [PASSWORD, TOKEN]) {
        for (const text of inside(encoding, secret)) {
          expect(redactor.text(text)).toMatch(/^.{0,4}\[redacted\].{0,12}$/);
        }
      }
    },
  );

  it('removes all of a secret in Base64, padding or not', () => {
    const base64 = Buffer.from(TOKEN).toString('base64');
    expect(redactor.text(`${base64} ${base64.replace(/=/g, '')}.`)).toBe(
      '[redacted] [redacted].',
    );
  });

  it('removes a key of several lines, whole and line by line', () => {
    const lines = KEY.trim().split('\n');
    expect(redactor.text(KEY.replaceAll('\n', '\r\n'))).toBe(
      `${lines.map(() => '[redacted]').join('\r\n')}\r\n`,
    );
    for (const line of lines) {
      expect(redactor.text(`10:00   ${line}`)).toBe('10:00   [redacted]');
    }
    expect(redactor.text(JSON.stringify({ KEY }))).toBe(
      '{"KEY":"[redacted]\\n"}',
    );
    const wrapped = Buffer.from(KEY)
      .toString('base64')
      .replace(/.{76}/g, '$&\n');
    expect(redactor.text(wrapped)).toMatch(/^(\[redacted\]\n?)+$/);
  });

  it('removes secrets that overlap, and each of two that begin alike', () => {
    const two = new ValueRedactor(['abcdefgh', 'efghijkl', 'abcdefghXYZ']);
    expect(two.text('-abcdefghijkl-abcdefghXYZ-abcdefgh-')).toBe(
      '-[redacted]-[redacted]-[redacted]-',
    );
  });

  it('looks everywhere in JSON, and leaves the rest alone', () => {
    const at = new Date();
    const pin = new ValueRedactor([TOKEN, '12345678']);
    expect(
      pin.json({
        at,
        [`key ${TOKEN}`]: [1, true, null, undefined, { deep: TOKEN }],
        pin: 12345678,
      }),
    ).toEqual({
      at,
      'key [redacted]': [1, true, null, undefined, { deep: '[redacted]' }],
      pin: '[redacted]',
    });
  });

  it('leaves text without secrets as it is', () => {
    const text = 'C:\\new\\users 100% 50%25 a+b \\u00e9 \\ \\u12 %c3 %zz\n\r\n';
    expect(redactor.text(text)).toBe(text);
    expect(new ValueRedactor([]).active).toBe(false);
  });

  it('reads a megabyte of log in a second, with fifty secrets', () => {
    const secrets = Array.from({ length: 50 }, () =>
      randomBytes(24).toString('base64'),
    );
    const many = new ValueRedactor(secrets);
    const line = `2026-11-24T10:00:00Z info {"message":"GET /orders?id=%7B17%7D","path":"C:\\\\x","took":17} ${randomBytes(60).toString('hex')}\n`;
    const count = Math.ceil(1_000_000 / line.length);
    let clean = true;
    const before = process.cpuUsage();
    for (let at = 0; at < count; at += 1) {
      clean &&= many.text(line) === line;
    }
    expect(clean).toBe(true);
    expect(many.text(line + secrets[7])).toBe(`${line}[redacted]`);
    // In microseconds; others may be using this machine.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
