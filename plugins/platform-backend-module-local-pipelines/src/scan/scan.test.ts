import { readAudit } from './auditDependencies';
import { forbiddenPackages, sbomDocument, scanPolicy } from './licences';
import { securityReport } from './reports';

describe('forbiddenPackages', () => {
  const forbidden = (licenses: object[], policy: object = {}) =>
    forbiddenPackages(
      sbomDocument.parse({ components: [{ name: 'pad', licenses }] }),
      scanPolicy.parse({ licences: policy }),
    ).map(({ licence }) => licence);

  it.each([
    [[{ license: { id: 'MIT' } }]],
    [[{ expression: '(GPL-3.0-only OR Apache-2.0)' }]],
    [[{ license: { id: 'MIT' } }, { license: { id: 'ISC' } }]],
  ])('allows %j', licenses => {
    expect(forbidden(licenses)).toEqual([]);
  });

  it.each([
    [[{ license: { id: 'AGPL-3.0-only' } }], 'AGPL-3.0-only'],
    [[{ expression: '(MIT AND GPL-2.0-only)' }], '(MIT AND GPL-2.0-only)'],
    [[{ license: { name: 'SEE LICENSE IN x' } }], 'SEE LICENSE IN x'],
    [[], 'none'],
  ])('refuses %j', (licenses, licence) => {
    expect(forbidden(licenses)).toEqual([licence]);
  });

  it('allows what the repository allows', () => {
    const gpl = [{ license: { id: 'GPL-3.0-only' } }];
    expect(forbidden(gpl, { allow: ['GPL-3.0-only'] })).toEqual([]);
    expect(forbidden([], { except: { pad: 'We wrote it.' } })).toEqual([]);
  });
});

describe('readAudit', () => {
  it('reads what npm found', () => {
    const { findings, problem } = readAudit({
      auditReportVersion: 2,
      vulnerabilities: {
        qs: {
          name: 'qs',
          severity: 'moderate',
          range: '<6.2.4',
          via: [{ title: 'Prototype pollution' }, 'body-parser'],
        },
      },
    });
    expect(problem).toBeUndefined();
    expect(findings).toEqual([
      {
        name: 'qs <6.2.4',
        severity: 'Medium',
        description: 'Prototype pollution; body-parser',
        file: 'package-lock.json',
      },
    ]);
  });

  it.each([
    [{ message: '405 Method Not Allowed\nand more' }, '405 Method Not Allowed'],
    [undefined, 'its answer is none that npm audit gives'],
  ])('says that the registry did not say: %j', (answer, why) => {
    const scan = readAudit(answer);
    expect(scan.problem).toBe(`The registry did not say: ${why}`);
    const report = securityReport(scan, {
      start: new Date(0),
      end: new Date(1_000),
    });
    expect(report).toMatchObject({
      vulnerabilities: [],
      scan: {
        status: 'failure',
        start_time: '1970-01-01T00:00:00',
        messages: [{ value: scan.problem }],
      },
    });
  });
});
