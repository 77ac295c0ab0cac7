import type {
  ArtifactFact,
  FactFinding,
  FactKind,
  FactState,
} from '@slipway/plugin-platform-common';
import type { PipelineReport } from '@slipway/plugin-platform-node';
import type { z, ZodType } from 'zod';
import { cycloneDx, securityReport } from './reportSchemas';

/** A fact before it is known when it was found. */
export type NewFact = Omit<ArtifactFact, 'measuredAt'> & {
  /** The report itself, where people want it. */
  document?: string;
};

/** How many findings are kept. */
const KEPT = 100;
/** How many licences are named. */
const NAMED = 4;
/** The worst first. */
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'];

/** What reports say, each fact once; what can't be read is said to be unknown, with the reason. */
export function factsOf(reports: readonly PipelineReport[]): NewFact[] {
  return reports.flatMap(report => {
    switch (report.kind) {
      case 'secret_detection':
        return [security(report, 'secrets', secretsState)];
      case 'dependency_scanning':
        return [security(report, 'dependencies', dependenciesState)];
      default:
        return inventory(report);
    }
  });
}

function security(
  report: PipelineReport,
  kind: FactKind,
  stateOf: (findings: FactFinding[]) => FactState,
): NewFact {
  const read = readReport(report, securityReport);
  if ('problem' in read) {
    return unknown(kind, read.problem);
  }
  const { vulnerabilities, scan } = read.value;
  if (scan?.status === 'failure') {
    return unknown(
      kind,
      scan.messages.map(({ value }) => value).join(' ') || 'The scan failed.',
    );
  }
  const findings = vulnerabilities
    .map(({ name, severity, description, location }) => ({
      name,
      severity,
      description,
      file: location?.file,
      line: location?.start_line,
    }))
    .sort((one, other) => rankOf(one) - rankOf(other));
  return {
    kind,
    state: stateOf(findings),
    summary: summaryOf(findings),
    findings: findings.slice(0, KEPT),
  };
}

function inventory(report: PipelineReport): NewFact[] {
  const read = readReport(report, cycloneDx);
  if ('problem' in read) {
    return [unknown('sbom', read.problem), unknown('licences', read.problem)];
  }
  const { components } = read.value;
  const counts = new Map<string, number>();
  for (const { licenses } of components) {
    const name =
      licenses
        .map(
          ({ expression, license }) =>
            expression ?? license?.id ?? license?.name,
        )
        .filter(Boolean)
        .join(' and ') || 'none';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ordered = [...counts].sort(([, one], [, other]) => other - one);
  const without = counts.get('none') ?? 0;
  const packages = `${components.length} ${components.length === 1 ? 'package' : 'packages'}`;
  return [
    {
      kind: 'sbom',
      state: 'passed',
      summary: packages,
      findings: [],
      document: 'text' in report ? report.text : undefined,
    },
    {
      kind: 'licences',
      state: without > 0 ? 'warning' : 'passed',
      summary:
        ordered
          .slice(0, NAMED)
          .map(([name, count]) => `${count} ${name}`)
          .concat(
            ordered.length > NAMED ? [`${ordered.length - NAMED} more`] : [],
          )
          .join(', ') || packages,
      findings: components
        .filter(({ licenses }) => licenses.length === 0)
        .map(({ name, version }) => ({
          name: `${name} ${version}`.trim(),
          severity: 'Unknown',
          description: 'It says nothing about its licence.',
        }))
        .slice(0, KEPT),
    },
  ];
}

function readReport<T>(
  report: PipelineReport,
  schema: ZodType<T>,
): { value: z.output<ZodType<T>> } | { problem: string } {
  if ('problem' in report) {
    return { problem: report.problem };
  }
  try {
    const { data, error } = schema.safeParse(JSON.parse(report.text));
    return data === undefined
      ? {
          problem: `The report is not as it should be: ${error?.issues[0]?.path.join('.')} ${error?.issues[0]?.message}`,
        }
      : { value: data };
  } catch {
    return { problem: 'The report is no JSON.' };
  }
}

function unknown(kind: FactKind, why: string): NewFact {
  return { kind, state: 'unknown', summary: why.slice(0, 500), findings: [] };
}

function secretsState(findings: FactFinding[]): FactState {
  return findings.length > 0 ? 'failed' : 'passed';
}

function dependenciesState(findings: FactFinding[]): FactState {
  const [worst] = findings;
  if (!worst) {
    return 'passed';
  }
  return rankOf(worst) === 0 ? 'failed' : 'warning';
}

function summaryOf(findings: FactFinding[]): string {
  const counted = SEVERITIES.flatMap((severity, rank) => {
    const count = findings.filter(each => rankOf(each) === rank).length;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  return counted.join(', ') || 'none found';
}

function rankOf({ severity }: FactFinding): number {
  const rank = SEVERITIES.indexOf(severity.toLowerCase());
  return rank === -1 ? SEVERITIES.length - 1 : rank;
}
