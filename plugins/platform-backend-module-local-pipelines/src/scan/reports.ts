import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where reports are written, relative to the repository. */
export const REPORTS_DIRECTORY = 'reports';

/** How bad a finding is, in the words of GitLab's reports. */
export type Severity =
  'Critical' | 'High' | 'Medium' | 'Low' | 'Info' | 'Unknown';

/** Something that a scan found. */
export interface Finding {
  name: string;
  severity: Severity;
  description?: string;
  /** Where it is: a file, with the line where there is one. */
  file: string;
  line?: number;
}

/** What a scan came to. */
export interface Scan {
  type: 'secret_detection' | 'dependency_scanning';
  scanner: { id: string; name: string; version: string };
  findings: Finding[];
  /** Why it could not be done. */
  problem?: string;
}

/**
 * A report as GitLab's security scanners write it (Security report schemas, version 15): what reads theirs reads this.
 */
export function securityReport(
  { type, scanner, findings, problem }: Scan,
  times: { start: Date; end: Date },
): object {
  const { id, name, version } = scanner;
  const tool = { id, name, version, vendor: { name: 'Slipway' } };
  return {
    version: '15.2.1',
    vulnerabilities: findings.map((finding, index) => ({
      id: `${id}-${index + 1}`,
      name: finding.name,
      description: finding.description ?? finding.name,
      severity: finding.severity,
      location: {
        file: finding.file,
        ...(finding.line !== undefined && { start_line: finding.line }),
      },
      identifiers: [{ type: id, name: finding.name, value: finding.name }],
    })),
    scan: {
      analyzer: tool,
      scanner: tool,
      type,
      start_time: gitlabTime(times.start),
      end_time: gitlabTime(times.end),
      status: problem === undefined ? 'success' : 'failure',
      ...(problem !== undefined && {
        messages: [{ level: 'warn', value: problem }],
      }),
    },
  };
}

/** Writes a report into {@link REPORTS_DIRECTORY}. */
export async function writeReport(
  directory: string,
  name: string,
  report: object,
): Promise<void> {
  const folder = path.join(directory, REPORTS_DIRECTORY);
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, name),
    `${JSON.stringify(report, undefined, 2)}\n`,
  );
}

/** The schema wants seconds and no zone; it is UTC. */
function gitlabTime(date: Date): string {
  return date.toISOString().slice(0, 19);
}
