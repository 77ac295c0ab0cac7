import { isMap, parseDocument } from 'yaml';
import type { PipelineJob } from '@slipway/plugin-platform-common';

/** What this engine needs to know of a `.gitlab-ci.yml`. */
export interface PipelineDefinition {
  stages: string[];
  /** In the order in which the stages run. */
  jobs: {
    name: string;
    stage: string;
    keepsArtifacts: boolean;
    /** The reports that it declares, by kind, with where it writes each. */
    reports: Record<string, string>;
  }[];
  /** Whether jobs may run side by side, and must not meet in one directory. */
  isParallel: boolean;
  /** Whether other files belong to it. */
  hasIncludes: boolean;
  /** Whether it asks for container images. */
  hasImages: boolean;
}

/** Names on the top level that are no jobs. */
export const KEYWORDS = new Set([
  'after_script',
  'before_script',
  'cache',
  'default',
  'image',
  'include',
  'services',
  'spec',
  'stages',
  'variables',
  'workflow',
]);

/** The stages of a file that names none. */
export const DEFAULT_STAGES = ['build', 'test', 'deploy'];

type Values = Record<string, unknown>;

/** Reads the jobs of a `.gitlab-ci.yml`, also of one whose `extends` and `include` are resolved already. */
export function readPipelineDefinition(text: string): PipelineDefinition {
  const document = parseDocument(text, {
    merge: true,
    logLevel: 'silent',
  });
  const root: Values = isMap(document.contents)
    ? (document.toJS({ maxAliasCount: 1000 }) as Values)
    : {};
  const stages = stagesOf(root);
  const jobs = Object.keys(root)
    .filter(name => !KEYWORDS.has(name) && !name.startsWith('.'))
    .map(name => ({
      name,
      stage: String(inherited(root, name, 'stage') ?? 'test'),
      keepsArtifacts: declaresPaths(artifactsOf(root, name)),
      reports: reportsOf(artifactsOf(root, name)),
    }));
  jobs.sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  const asks = (key: string) =>
    jobs.some(({ name }) => inherited(root, name, key) !== undefined);
  const hasIncludes = root.include !== undefined;
  return {
    stages,
    jobs,
    hasIncludes,
    hasImages:
      root.image !== undefined ||
      asValues(root.default)?.image !== undefined ||
      asks('image'),
    isParallel:
      hasIncludes ||
      asks('needs') ||
      asks('parallel') ||
      new Set(jobs.map(({ stage }) => stage)).size < jobs.length,
  };
}

/** The jobs as they are before any of them ran. */
export function pendingJobs({ jobs }: PipelineDefinition): PipelineJob[] {
  return jobs.map(({ name, stage }) => ({ name, stage, state: 'pending' }));
}

function stagesOf(root: Values): string[] {
  const own = Array.isArray(root.stages)
    ? root.stages.flat(10).map(String)
    : DEFAULT_STAGES;
  const inner = own.filter(stage => stage !== '.pre' && stage !== '.post');
  return ['.pre', ...inner, '.post'];
}

function inherited(
  root: Values,
  name: string,
  key: string,
  seen: string[] = [],
): unknown {
  const job = asValues(root[name]);
  if (!job || seen.includes(name)) {
    return undefined;
  }
  if (job[key] !== undefined) {
    return job[key];
  }
  return [job.extends]
    .flat()
    .reverse()
    .map(parent =>
      typeof parent === 'string'
        ? inherited(root, parent, key, [...seen, name])
        : undefined,
    )
    .find(value => value !== undefined);
}

function artifactsOf(root: Values, name: string): unknown {
  return (
    inherited(root, name, 'artifacts') ?? asValues(root.default)?.artifacts
  );
}

/** Of several files of a kind, the first. */
function reportsOf(artifacts: unknown): Record<string, string> {
  const reports = asValues(asValues(artifacts)?.reports) ?? {};
  return Object.fromEntries(
    Object.entries(reports).flatMap(([kind, files]) => {
      const [file] = [files].flat();
      return typeof file === 'string' ? [[kind, file]] : [];
    }),
  );
}

function declaresPaths(artifacts: unknown): boolean {
  const paths = asValues(artifacts)?.paths;
  return Array.isArray(paths) && paths.length > 0;
}

function asValues(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Values)
    : undefined;
}
