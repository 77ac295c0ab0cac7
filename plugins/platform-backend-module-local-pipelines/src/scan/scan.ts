import { z } from 'zod';
import { auditDependencies } from './auditDependencies';
import { findSecrets } from './findSecrets';
import { forbiddenPackages, sbomDocument, scanPolicy } from './licences';
import { type Finding, securityReport, writeReport } from './reports';
import { runNpm } from './runNpm';

const PATIENCE_MS = 60_000;
/** How many findings of a kind are printed. */
const PRINTED = 20;

/**
 * Looks for secrets, weak dependencies and licences, writes the reports, and says what it found. Throws where `scan.json` is not as it
 * should be, or npm can't list the dependencies.
 */
export async function scan(
  directory: string,
  policyText: string,
): Promise<{ lines: string[]; isFine: boolean }> {
  const policy = readPolicy(policyText);
  const start = new Date();
  const [secrets, dependencies, document] = await Promise.all([
    findSecrets(directory),
    auditDependencies(directory),
    runNpm(
      directory,
      // What is installed may lack what only building it took.
      ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--omit=dev'],
      PATIENCE_MS,
    ),
  ]);
  const times = { start, end: new Date() };
  const sbom = sbomDocument.parse(document);
  await writeReport(directory, 'secrets.json', securityReport(secrets, times));
  await writeReport(
    directory,
    'dependencies.json',
    securityReport(dependencies, times),
  );
  await writeReport(directory, 'sbom.cdx.json', document as object);

  const forbidden = forbiddenPackages(sbom, policy);
  const critical = dependencies.findings.filter(
    ({ severity }) => severity === 'Critical',
  );
  return {
    isFine: [secrets.findings, critical, forbidden].every(
      found => found.length === 0,
    ),
    lines: [
      `Secrets: ${secrets.findings.length} found.`,
      ...listed(secrets.findings.map(describe)),
      dependencies.problem
        ? `Dependencies: not checked. ${dependencies.problem}`
        : `Dependencies: ${dependencies.findings.length} with known weaknesses, ${critical.length} critical.`,
      ...listed(dependencies.findings.map(describe)),
      `Licences: ${sbom.components.length} packages, ${forbidden.length} whose licence is not allowed.`,
      ...listed(forbidden.map(({ name, licence }) => `${name}: ${licence}`)),
      ...(forbidden.length > 0
        ? [
            'Use another package, or allow it in scan.json: { "licences": { "except": { "<package>": "<why>" } } }',
          ]
        : []),
    ],
  };
}

function readPolicy(text: string): z.output<typeof scanPolicy> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`scan.json is no JSON: ${(error as Error).message}`);
  }
  const { data, error } = scanPolicy.safeParse(value);
  if (!data) {
    throw new Error(`scan.json: ${z.prettifyError(error)}`);
  }
  return data;
}

function describe({ name, severity, description, file, line }: Finding) {
  return `${file}${line ? `:${line}` : ''} ${severity}: ${description ?? name}`;
}

function listed(lines: string[]): string[] {
  const more = lines.length - PRINTED;
  return [
    ...lines.slice(0, PRINTED).map(line => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
