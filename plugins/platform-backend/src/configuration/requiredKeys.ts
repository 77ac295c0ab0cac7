import { parseScore, type ScoreWorkload } from '@slipway/plugin-platform-node';

/** The Score resource type that stands for the configuration of an environment. */
const ENVIRONMENT_TYPE = 'environment';

/** The names under which a workload knows its configuration. */
export function configurationAliases({ resources = {} }: ScoreWorkload) {
  return Object.entries(resources)
    .filter(([, { type }]) => type === ENVIRONMENT_TYPE)
    .map(([alias]) => alias);
}

/** The workload without its configuration, which no provider makes. */
export function withoutConfiguration(workload: ScoreWorkload): ScoreWorkload {
  const { resources } = workload;
  return (
    (resources && {
      ...workload,
      resources: Object.fromEntries(
        Object.entries(resources).filter(
          ([, { type }]) => type !== ENVIRONMENT_TYPE,
        ),
      ),
    }) ??
    workload
  );
}

/** The keys of its configuration that a `score.yaml` asks for, each once. A file that can't be read asks for none. */
export function requiredKeys(score: string): string[] {
  const workload = readable(score);
  if (!workload) {
    return [];
  }
  const text = JSON.stringify(workload.containers);
  const keys = configurationAliases(workload).flatMap(alias => {
    const name = alias.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const reference = new RegExp(
      `(?<!\\$)\\$\\{\\s*resources\\s*\\.\\s*${name}\\s*\\.([^}]+?)\\s*\\}`,
      'g',
    );
    return [...text.matchAll(reference)].map(([, key]) => key);
  });
  return [...new Set(keys)].sort();
}

function readable(score: string): ScoreWorkload | undefined {
  try {
    return parseScore(score);
  } catch {
    return undefined;
  }
}
