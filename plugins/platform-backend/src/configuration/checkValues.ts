import { InputError } from '@backstage/errors';
import type { ConfigurationRequest } from '@slipway/plugin-platform-common';

const KEY = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;
/** What the platform gives a process itself. */
const RESERVED = ['PORT'];
const MOST_KEYS = 200;
const MOST_BYTES = 32 * 1024;
/** Shorter ones can't be kept out of logs: they would be found everywhere. */
const SHORTEST_SECRET = 6;

/** Throws `InputError` that names each variable or secret that can't be set, and says what would be right. */
export function checkValues({
  variables = {},
  secrets = {},
}: ConfigurationRequest): void {
  const problems = [
    ...Object.entries(variables).flatMap(([key, value]) =>
      problemsOf(`variables.${key}`, key, value),
    ),
    ...Object.entries(secrets).flatMap(([key, value]) => [
      ...problemsOf(`secrets.${key}`, key, value),
      ...(value !== null && value.length < SHORTEST_SECRET
        ? [`secrets.${key}: Use at least ${SHORTEST_SECRET} characters.`]
        : []),
    ]),
  ];
  const count = Object.keys(variables).length + Object.keys(secrets).length;
  if (count > MOST_KEYS) {
    problems.push(`Change at most ${MOST_KEYS} at a time.`);
  }
  if (problems.length > 0) {
    throw new InputError(problems.join(' '));
  }
}

function problemsOf(
  field: string,
  key: string,
  value: string | null,
): string[] {
  if (!KEY.test(key)) {
    return [
      `${field}: Use letters, digits and underscores, at most 128, not beginning with a digit.`,
    ];
  }
  if (RESERVED.includes(key)) {
    return [`${field}: The platform sets ${key} itself. Use another name.`];
  }
  if (value?.includes('\0')) {
    return [`${field}: Use text without a NUL character.`];
  }
  return Buffer.byteLength(value ?? '') > MOST_BYTES
    ? [`${field}: Use at most ${MOST_BYTES / 1024} kB.`]
    : [];
}
