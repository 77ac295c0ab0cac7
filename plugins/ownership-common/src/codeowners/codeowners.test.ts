import { checkCodeowners } from './checkCodeowners';
import { matchesPattern } from './matchesPattern';
import { defaultRuleFor, rulesFor } from './ownersOf';
import { parseCodeowners } from './parseCodeowners';

const GITHUB = `# Everything
*             @acme/platform   # by default
*.js          @acme/web js@example.com
/docs/        @mara
apps/         @acme/apps
/apps/github
services/pay\\ ments/ @acme/payments
`;

const GITLAB = `* @acme/platform
[Docs][2] @acme/writers
docs/
/README.md @mara
^[Database]
*.sql @acme/data
[DOCS]
/docs/api/ @acme/api
`;

function ownersFor(text: string, file: string, syntax: 'github' | 'gitlab') {
  return rulesFor(parseCodeowners(text, syntax), file).map(({ owners }) =>
    owners.join(' '),
  );
}

describe('matchesPattern', () => {
  it.each([
    ['*', 'a/b/c.ts', true],
    ['/*', 'a.ts', true],
    ['*.js', 'src/a.js', true],
    ['*.js', 'src/a.jsx', false],
    ['/build/logs/', 'build/logs/a/b.log', true],
    ['/build/logs/', 'a/build/logs/b.log', false],
    ['docs/*', 'docs/a.md', true],
    ['docs/*', 'docs/build/a.md', false],
    ['docs/*', 'a/docs/b.md', false],
    ['apps/', 'a/apps/b.ts', true],
    ['apps/', 'apps', false],
    ['/apps', 'apps', true],
    ['/apps', 'apps/a/b', true],
    ['**/logs', 'a/b/logs/c', true],
    ['/a/**/z.ts', 'a/z.ts', true],
    ['/a/**/z.ts', 'a/b/c/z.ts', true],
    ['/a/**', 'a/b/c', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    [`/${'*a'.repeat(200)}b`, 'a'.repeat(2_000), false],
    [`/${'**/a/'.repeat(80)}b`, 'a/'.repeat(200), false],
  ])('%s and %s', (pattern, file, expected) => {
    expect(matchesPattern(pattern, file)).toBe(expected);
  });
});

describe('CODEOWNERS', () => {
  it.each([
    ['main.go', '@acme/platform'],
    ['src/a.js', '@acme/web js@example.com'],
    ['docs/a.js', '@mara'],
    ['x/apps/a.js', '@acme/apps'],
    ['apps/github/a.ts', ''],
    ['services/pay ments/a.js', '@acme/payments'],
  ])('lets the last match win on GitHub: %s', (file, owners) => {
    expect(ownersFor(GITHUB, file, 'github')).toEqual([owners]);
  });

  it('has owners in each section on GitLab', () => {
    const owners = (file: string) => ownersFor(GITLAB, file, 'gitlab');
    expect(owners('a.ts')).toEqual(['@acme/platform']);
    expect(owners('docs/a.md')).toEqual(['@acme/platform', '@acme/writers']);
    expect(owners('docs/api/a.sql')).toEqual([
      '@acme/platform',
      '@acme/api',
      '@acme/data',
    ]);
    expect(owners('README.md')).toEqual(['@acme/platform', '@mara']);
  });

  it('knows the default owner of a repository and of a folder', () => {
    const github = parseCodeowners(GITHUB, 'github');
    expect(defaultRuleFor(github)).toMatchObject({ line: 2 });
    expect(defaultRuleFor(github, '/docs/')).toMatchObject({ line: 4 });
    expect(defaultRuleFor(github, 'apps/github')).toBeUndefined();
    expect(
      defaultRuleFor(parseCodeowners('*.ts @mara\n', 'github')),
    ).toBeUndefined();
    const sections = '^[Maybe]\n* @mara\n[Must]\n* @acme/must\n';
    expect(defaultRuleFor(parseCodeowners(sections, 'gitlab'))).toMatchObject({
      section: 'must',
    });
  });

  it('says which lines cannot be read', () => {
    const { rules, problems } = parseCodeowners(
      `!/docs @mara\n[Docs]\n* mara @idris\n${'a'.repeat(501)} @mara\n`,
      'github',
    );
    expect(rules).toMatchObject([{ pattern: '*', owners: ['@idris'] }]);
    expect(problems).toEqual([
      { line: 1, message: expect.stringContaining(`can't begin with "!"`) },
      { line: 2, message: expect.stringContaining('has no sections: [Docs].') },
      { line: 3, message: expect.stringContaining('"mara" is no owner.') },
      { line: 4, message: expect.stringContaining('Use at most 500.') },
    ]);
  });

  it('says what contradicts itself', () => {
    const text = `/src/ @mara
/src/ @idris
/docs/a.md @mara
*.md @mara
/x/*.go @mara
/x/ @mara
/lib/ @gone
/lib/*.go @mara
[Other] @lost
/src/ @acme/other
/src/ @acme/other
/a/
/b/
`;
    const found = checkCodeowners(
      parseCodeowners(text, 'gitlab'),
      owner => owner !== '@gone' && owner !== '@lost',
    );
    expect(found.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '1: /src/ has other owners on line 2: @mara here, @idris there. The later line counts; remove one of them.',
      '3: This line never counts: line 4, *.md, matches everything that /docs/a.md does and comes later. Move it below line 4, or remove it.',
      '5: This line never counts: line 6, /x/, matches everything that /x/*.go does and comes later. Move it below line 6, or remove it.',
      '7: There is no team or person @gone in the catalog. Name one that org/ has.',
      '9: There is no team or person @lost in the catalog. Name one that org/ has.',
      '10: This line never counts: line 11, /src/, matches everything that /src/ does and comes later. Move it below line 11, or remove it.',
    ]);
  });
});
