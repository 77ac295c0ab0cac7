import { parsePatch } from './parsePatch';

describe('parsePatch', () => {
  it('numbers the lines of every hunk and leaves out what names the file', () => {
    const patch = [
      'diff --git a/a.js b/a.js',
      '--- a/a.js',
      '+++ b/a.js',
      '@@ -4,3 +4,3 @@ function a() {',
      ' same',
      '--- was a decrement',
      '+now it is not',
      '@@ -20 +20,2 @@',
      '+added',
      ' last',
      '\\ No newline at end of file',
      '',
    ].join('\n');
    expect(parsePatch(patch)).toEqual([
      { kind: 'place', text: '@@ -4,3 +4,3 @@ function a() {' },
      { kind: 'same', text: 'same', before: 4, after: 4 },
      { kind: 'removed', text: '-- was a decrement', before: 5 },
      { kind: 'added', text: 'now it is not', after: 5 },
      { kind: 'place', text: '@@ -20 +20,2 @@' },
      { kind: 'added', text: 'added', after: 20 },
      { kind: 'same', text: 'last', before: 20, after: 21 },
      { kind: 'note', text: ' No newline at end of file' },
    ]);
  });
});
