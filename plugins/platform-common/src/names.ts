/**
 * Names that would collide with the portal's own routes, hosts or words.
 */
export const RESERVED_SERVICE_NAMES: ReadonlySet<string> = new Set([
  'admin',
  'agent',
  'api',
  'app',
  'auth',
  'catalog',
  'create',
  'git',
  'localhost',
  'platform',
  'portal',
  'root',
  'router',
  'settings',
  'slipway',
  'www',
]);

/**
 * The longest name a service can have, in characters. With the longest environment name and the
 * hyphen between them it still fits into one DNS label (63, RFC 1035 section 2.3.4).
 */
export const MAX_SERVICE_NAME_LENGTH = 40;

const SERVICE_NAME = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/;

/**
 * Says what is wrong with a service name, or `undefined` where nothing is.
 * Service, repository and workload share the name, so the rules are those of the strictest: a DNS label.
 */
export function explainServiceName(name: string): string | undefined {
  if (name.length < 2) {
    return 'Use at least 2 characters.';
  }
  if (name.length > MAX_SERVICE_NAME_LENGTH) {
    return `Use at most ${MAX_SERVICE_NAME_LENGTH} characters; this has ${name.length}.`;
  }
  if (!SERVICE_NAME.test(name)) {
    return 'Use lower-case letters, digits and single hyphens, starting with a letter and ending with a letter or digit.';
  }
  if (RESERVED_SERVICE_NAMES.has(name)) {
    return `"${name}" is reserved for the platform. Choose another name.`;
  }
  return undefined;
}

/** Words that mean something else where environments are filtered by or addressed. */
const RESERVED_ENVIRONMENT_NAMES: ReadonlySet<string> = new Set([
  'all',
  'any',
  'default',
  'new',
  'none',
]);

const ENVIRONMENT_NAME = /^[a-z][a-z0-9]{0,15}$/;

/** With it, the name of a preview is one of 22 characters at most, which fits into a DNS label behind the name of any service. */
export const MAX_PREVIEW_BASE_LENGTH = 9;

const PREVIEW_NAME = /^([a-z][a-z0-9]{0,8})preview([1-9][0-9]{0,5})$/;

/** The name of a preview's environment. */
export function previewName(base: string, number: number): string {
  return `${base}preview${number}`;
}

/** The environment that a preview is cloned from, by its name; `undefined` of what is no preview. */
export function previewBase(name: string): string | undefined {
  return PREVIEW_NAME.exec(name)?.[1];
}

/**
 * Says what is wrong with the name of an environment, or `undefined` where nothing is. No hyphen is allowed, so that
 * `<service>-<environment>` always splits in one way.
 */
export function explainEnvironmentName(name: string): string | undefined {
  if (!ENVIRONMENT_NAME.test(name)) {
    return 'Use 1 to 16 lower-case letters and digits, starting with a letter.';
  }
  if (RESERVED_ENVIRONMENT_NAMES.has(name)) {
    return `"${name}" is reserved. Choose another name.`;
  }
  if (previewBase(name) !== undefined) {
    return `"${name}" is what a preview would be called. Choose another name.`;
  }
  return undefined;
}
