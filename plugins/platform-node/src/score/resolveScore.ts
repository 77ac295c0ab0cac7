import { OperationFailedError } from '../context';
import type { ResourceOutputs, ScoreWorkload } from './types';

/** `$$` stands for a dollar sign, `${…}` for a value; anything else with a dollar sign is itself. */
const PLACEHOLDER = /\$(?:\$|\{([^}]*)\})/g;

/**
 * Replaces `${metadata.*}` and `${resources.*}` in container variables (`$${` stands for a literal `${`).
 * Throws `OperationFailedError` naming the placeholder, where it stands and which names there are.
 */
export function resolveScore(
  workload: ScoreWorkload,
  outputs: ResourceOutputs,
): ScoreWorkload {
  const values = { metadata: workload.metadata, resources: outputs };
  const containers = Object.entries(workload.containers).map(
    ([name, container]) => [
      name,
      {
        ...container,
        variables: mapValues(container.variables ?? {}, (text, variable) =>
          replace(text, values, `containers.${name}.variables.${variable}`),
        ),
      },
    ],
  );
  return { ...workload, containers: Object.fromEntries(containers) };
}

function replace(text: string, values: object, where: string): string {
  return text.replace(PLACEHOLDER, (whole, path?: string) =>
    path === undefined ? '$' : lookUp(path, values, `${where}: ${whole}`),
  );
}

function lookUp(path: string, values: object, where: string): string {
  let value: unknown = values;
  const passed: string[] = [];
  for (const part of path.split('.').map(word => word.trim())) {
    const known = typeof value === 'object' && value ? value : {};
    if (!Object.hasOwn(known, part)) {
      const names = Object.keys(known);
      throw new OperationFailedError({
        message: `score.yaml, ${where} names nothing that exists.`,
        hint: names.length
          ? `${passed.length ? `${passed.join('.')} has` : 'There are'}: ${names.join(', ')}.`
          : `There is nothing in ${passed.join('.')}. Write $\${ for a literal \${.`,
      });
    }
    passed.push(part);
    value = (known as Record<string, unknown>)[part];
  }
  if (typeof value === 'object' && value) {
    throw new OperationFailedError({
      message: `score.yaml, ${where} is not a single value.`,
      hint: `${path} has: ${Object.keys(value).join(', ')}.`,
    });
  }
  return String(value);
}

function mapValues(
  record: Record<string, string>,
  change: (value: string, key: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value, key)]),
  );
}
