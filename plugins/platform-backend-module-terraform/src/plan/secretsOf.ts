import type { JsonValue } from '@backstage/types';
import type { PlanOutput, StateModule } from './planOutput';
import { isObject } from './shown';

/** What is shorter is found in too much that is no secret. */
const SHORTEST = 4;

/**
 * Every text that a plan marks as secret anywhere. Resources hand values on without their mark (`terraform_data` to its output, for one), so that
 * secrets are hidden by what they are, too, and not only by where they stand.
 */
export function secretsOf(plan: PlanOutput): string[] {
  const changes = [
    ...plan.resource_changes.map(({ change }) => change),
    ...Object.values(plan.output_changes),
  ];
  const { root_module = {}, outputs = {} } = plan.prior_state?.values ?? {};
  const secrets = [
    ...changes.flatMap(change => [
      ...marked(change.before, change.before_sensitive),
      ...marked(change.after, change.after_sensitive),
    ]),
    ...markedIn(root_module),
    ...Object.values(outputs).flatMap(({ value, sensitive }) =>
      marked(value, sensitive),
    ),
  ];
  return [...new Set(secrets)].filter(({ length }) => length >= SHORTEST);
}

/** Puts a sign in the place of every secret, wherever it stands. */
export function withoutSecrets(
  value: JsonValue | undefined,
  secrets: string[],
  sign: string,
): JsonValue | undefined {
  if (typeof value === 'string') {
    return secrets.reduce(
      (text, secret) => text.replaceAll(secret, sign),
      value,
    );
  }
  if (Array.isArray(value)) {
    return value.map(item => withoutSecrets(item, secrets, sign) ?? item);
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        name,
        withoutSecrets(item, secrets, sign),
      ]),
    );
  }
  return value;
}

function markedIn({
  resources = [],
  child_modules = [],
}: StateModule): string[] {
  return [
    ...resources.flatMap(({ values, sensitive_values }) =>
      marked(values, sensitive_values),
    ),
    ...child_modules.flatMap(markedIn),
  ];
}

function marked(
  value: JsonValue | undefined,
  marks: JsonValue | undefined,
): string[] {
  if (marks === true) {
    return textsOf(value);
  }
  if (Array.isArray(value) && Array.isArray(marks)) {
    return value.flatMap((item, index) => marked(item, marks[index]));
  }
  if (isObject(value) && isObject(marks)) {
    return Object.keys(marks).flatMap(name => marked(value[name], marks[name]));
  }
  return [];
}

function textsOf(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(textsOf)
    : [];
}
