import { z } from 'zod';
import { YamlDocument } from './YamlDocument';

const TEXT = `# people
name: mara
teams:
  - name: payments
    lead: true
---
# nothing here
---
name: { first: noor }
---
name: [broken
`;

describe('YamlDocument', () => {
  it('knows on which line each field stands', () => {
    const [mara, noor, broken] = YamlDocument.parseAll(TEXT);
    expect([mara.line, noor.line]).toEqual([2, 9]);
    expect(mara.lineOf(['teams'])).toBe(3);
    expect(mara.lineOf(['teams', 0])).toBe(4);
    expect(mara.lineOf(['teams', 0, 'lead'])).toBe(5);
    expect(noor.lineOf(['name', 'first'])).toBe(9);
    expect(noor.value).toEqual({ name: { first: 'noor' } });
    expect(broken.broken).toEqual({
      line: 12,
      message: expect.stringMatching(/^Flow sequence .* end with a \]$/),
    });
    expect(broken.value).toBeUndefined();
  });

  it('takes the nearest field above for what is missing', () => {
    const [mara] = YamlDocument.parseAll(TEXT);
    expect(mara.lineOf(['teams', 0, 'lead', 'since'])).toBe(5);
    expect(mara.lineOf(['teams', 1])).toBe(4);
    expect(mara.lineOf(['email'])).toBe(2);
  });

  it('says what a schema objects to', () => {
    const document = YamlDocument.parse('name: 7\nteams: {}\nrole: boss\n');
    const schema = z.object({
      name: z.string(),
      email: z.string(),
      teams: z.array(z.string()),
      role: z.string().regex(/^lead$/, 'Use "lead".'),
    });
    const issues = schema.safeParse(document.value).error?.issues ?? [];
    expect(issues.map(issue => document.describe(issue))).toEqual([
      'name must be a string.',
      'email is missing. It must be a string.',
      'teams must be a list.',
      'role is not valid. Use "lead".',
    ]);
    expect(issues.map(issue => document.isMissing(issue))).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('refuses aliases that multiply', () => {
    const lines = Array.from(
      { length: 10 },
      (_, level) =>
        `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
    );
    const { broken, value } = YamlDocument.parse(
      ['l0: &l0 [x]', ...lines].join('\n'),
    );
    expect(broken?.message).toContain('alias');
    expect(value).toBeUndefined();
  });

  it('takes a text without content for no document', () => {
    expect(YamlDocument.parseAll('')).toEqual([]);
    expect(YamlDocument.parseAll('# only a comment\n---\n')).toEqual([]);
  });
});
