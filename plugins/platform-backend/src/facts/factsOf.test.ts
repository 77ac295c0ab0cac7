import type { PipelineReport } from '@slipway/plugin-platform-node';
import { factsOf } from './factsOf';

const weak = (severity: string, name = 'left-pad') => ({
  name,
  severity,
  location: { file: 'package-lock.json' },
});

function dependencies(...vulnerabilities: object[]): PipelineReport {
  return {
    kind: 'dependency_scanning',
    text: JSON.stringify({ vulnerabilities, scan: { status: 'success' } }),
  };
}

describe('factsOf', () => {
  it.each([
    [[], 'passed', 'none found'],
    [[weak('Low'), weak('Medium')], 'warning', '1 medium, 1 low'],
    [[weak('High'), weak('Critical')], 'failed', '1 critical, 1 high'],
    [[weak('Odd')], 'warning', '1 unknown'],
  ])('reads weak dependencies: %j', (found, state, summary) => {
    expect(factsOf([dependencies(...found)])).toMatchObject([
      { kind: 'dependencies', state, summary },
    ]);
  });

  it('puts the worst first, and keeps a hundred', () => {
    const many = Array.from({ length: 150 }, () => weak('Low'));
    const [{ findings, summary }] = factsOf([
      dependencies(...many, weak('Critical', 'event-stream')),
    ]);
    expect(findings).toHaveLength(100);
    expect(findings[0]).toEqual({
      name: 'event-stream',
      severity: 'Critical',
      description: undefined,
      file: 'package-lock.json',
      line: undefined,
    });
    expect(summary).toBe('1 critical, 150 low');
  });

  it('counts a secret as failed, however it is called', () => {
    const text = JSON.stringify({ vulnerabilities: [weak('Low')] });
    expect(factsOf([{ kind: 'secret_detection', text }])).toMatchObject([
      { kind: 'secrets', state: 'failed' },
    ]);
  });

  it('reads what it is made of, and under which licences', () => {
    const text = JSON.stringify({
      bomFormat: 'CycloneDX',
      components: [
        { name: 'a', licenses: [{ license: { id: 'MIT' } }] },
        { name: 'b', licenses: [{ expression: '(MIT OR Apache-2.0)' }] },
        { name: 'c', version: '1.0.0' },
        { name: 'd', licenses: [{ license: { id: 'MIT' } }] },
      ],
    });
    expect(factsOf([{ kind: 'cyclonedx', text }])).toEqual([
      {
        kind: 'sbom',
        state: 'passed',
        summary: '4 packages',
        findings: [],
        document: text,
      },
      {
        kind: 'licences',
        state: 'warning',
        summary: '2 MIT, 1 (MIT OR Apache-2.0), 1 none',
        findings: [
          {
            name: 'c 1.0.0',
            severity: 'Unknown',
            description: 'It says nothing about its licence.',
          },
        ],
      },
    ]);
  });

  it.each<[string, PipelineReport, string]>([
    [
      'that nobody wrote',
      { kind: 'secret_detection', problem: 'No job wrote x.' },
      'No job wrote x.',
    ],
    [
      'that is no JSON',
      { kind: 'secret_detection', text: '<html>' },
      'The report is no JSON.',
    ],
    [
      'of something else',
      { kind: 'cyclonedx', text: '{"bomFormat":"SPDX"}' },
      'The report is not as it should be: bomFormat',
    ],
    [
      'of a scan that failed',
      {
        kind: 'dependency_scanning',
        text: JSON.stringify({
          vulnerabilities: [],
          scan: { status: 'failure', messages: [{ value: 'No network.' }] },
        }),
      },
      'No network.',
    ],
  ])('says that it knows nothing from a report %s', (_what, report, why) => {
    const facts = factsOf([report]);
    expect(facts.length).toBeGreaterThan(0);
    for (const { state, summary, findings } of facts) {
      expect([state, findings]).toEqual(['unknown', []]);
      expect(summary).toContain(why);
    }
  });
});
