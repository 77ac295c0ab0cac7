import {
  formatAgo,
  formatBytes,
  formatDuration,
  formatOrdinal,
  formatUntil,
  formatValue,
} from '.';

it.each([
  [9, '9 ms'],
  [340, '0.3 s'],
  [9_960, '10.0 s'],
  [42_900, '42 s'],
  [192_000, '3 min 12 s'],
  [3_600_000, '1 h'],
  [7_800_000, '2 h 10 min'],
  [90_000_000, '1 d 1 h'],
  [-5, '0 ms'],
])('says %d ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it.each([
  [0, 'just now'],
  [12, '12 s ago'],
  [150, '2 min ago'],
  [7_300, '2 h ago'],
  [200_000, '2 d ago'],
])('says %d seconds ago as %s', (seconds, text) => {
  const now = Date.UTC(2026, 0, 31);
  const at = new Date(now - seconds * 1_000).toISOString();
  expect(formatAgo(at, now)).toBe(text);
});

it.each([
  [-1, 'now'],
  [20, 'in less than a minute'],
  [150, 'in 3 min'],
  [3_590, 'in 1 h'],
  [604_790, 'in 7 d'],
])('says a moment %d seconds off as %s', (seconds, text) => {
  const now = Date.UTC(2026, 0, 31);
  const at = new Date(now + seconds * 1_000).toISOString();
  expect(formatUntil(at, now)).toBe(text);
});

it('says sizes and places', () => {
  expect([812, 1_400_000].map(formatBytes)).toEqual(['812 B', '1.4 MB']);
  expect([1, 2, 3, 11, 22].map(formatOrdinal)).toEqual([
    '1st',
    '2nd',
    '3rd',
    '11th',
    '22nd',
  ]);
});

it.each([
  [undefined, 'none'],
  [[], 'none'],
  ['small', 'small'],
  [false, 'false'],
  [['citext', 7], 'citext, 7'],
  [{ a: 1 }, '{"a":1}'],
])('says the value %j as %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

it('says a moment in the own way of the reader', () => {
  const text = formatValue('2026-01-31T12:00:00.000Z');
  expect(text).toContain('2026');
  expect(text).not.toContain('T12');
});
