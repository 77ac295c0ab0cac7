import { z } from 'zod';
import type { Finding, Scan, Severity } from './reports';
import { runNpm } from './runNpm';

const PATIENCE_MS = 15_000;

const SEVERITIES: Record<string, Severity> = {
  critical: 'Critical',
  high: 'High',
  moderate: 'Medium',
  low: 'Low',
  info: 'Info',
};

/** What of `npm audit --json` is read. */
const auditReport = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      severity: z.string(),
      range: z.string().optional(),
      via: z.array(z.union([z.string(), z.object({ title: z.string() })])),
    }),
  ),
});

/** Asks the registry which of the dependencies that are deployed have known weaknesses. */
export async function auditDependencies(directory: string): Promise<Scan> {
  const answer = await runNpm(
    directory,
    [
      'audit',
      '--json',
      '--omit=dev',
      '--fetch-timeout=5000',
      '--fetch-retries=0',
    ],
    PATIENCE_MS,
  ).catch((error: Error) => ({ message: error.message }));
  return readAudit(answer);
}

/** @param answer - what `npm audit --json` printed */
export function readAudit(answer: unknown): Scan {
  const scan = {
    type: 'dependency_scanning' as const,
    scanner: { id: 'npm-audit', name: 'npm audit', version: '1' },
  };
  const { data } = auditReport.safeParse(answer);
  if (!data) {
    const said = z.object({ message: z.string() }).safeParse(answer).data;
    return {
      ...scan,
      findings: [],
      problem: `The registry did not say: ${said?.message.split('\n')[0] ?? 'its answer is none that npm audit gives'}`,
    };
  }
  return {
    ...scan,
    findings: Object.values(data.vulnerabilities).map(toFinding),
  };
}

function toFinding({
  name,
  severity,
  range,
  via,
}: z.output<typeof auditReport>['vulnerabilities'][string]): Finding {
  const titles = via.map(each =>
    typeof each === 'string' ? each : each.title,
  );
  return {
    name: `${name} ${range ?? ''}`.trim(),
    severity: SEVERITIES[severity] ?? 'Unknown',
    description: titles.join('; '),
    file: 'package-lock.json',
  };
}
