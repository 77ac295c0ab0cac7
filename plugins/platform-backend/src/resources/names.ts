import { stringifyEntityRef } from '@backstage/catalog-model';

/** The longest name that people can give, in characters; what a service asks for has the service's name before its own. */
const MAX_NAME_LENGTH = 40;
/** The longest `<name>-<environment>`, in bytes: an entity's name, and a DNS label (RFC 1035 section 2.3.4). */
const MAX_TOTAL_BYTES = 63;

const LABEL = /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9]))*$/;

/** What a service's own resource is called, by the name it has in `score.yaml`. */
export function privateName(service: string, alias: string): string {
  return `${service}.${alias}`;
}

/** Says what is wrong with a resource's name, or `undefined` where nothing is. */
export function explainResourceName(resource: {
  name: string;
  environment: string;
  service?: string;
}): string | undefined {
  const { name, environment, service } = resource;
  const own = service ? `${service}.` : '';
  if (!name.startsWith(own)) {
    return `What ${service} asks for is called "${own}<name>", and this is called "${name}".`;
  }
  const given = name.slice(own.length);
  if (!LABEL.test(given)) {
    return `"${given}" can't be a name. Use lower-case letters, digits and single hyphens; start and end with a letter or digit.`;
  }
  if (!own && given.length > MAX_NAME_LENGTH) {
    return `Use at most ${MAX_NAME_LENGTH} characters; this has ${given.length}.`;
  }
  const total = Buffer.byteLength(`${name}-${environment}`);
  if (total > MAX_TOTAL_BYTES) {
    return `Name and environment together may have ${MAX_TOTAL_BYTES - 1} characters, and "${name}" in ${environment} has ${total - 1}. Use a shorter name.`;
  }
  return undefined;
}

/** At most one run acts on a resource at a time. */
export function resourceTarget({
  environment,
  name,
}: {
  environment: string;
  name: string;
}): string {
  return `resource:${environment}:${name}`;
}

/** What the catalog calls it. */
export function resourceEntityRef({
  environment,
  name,
}: {
  environment: string;
  name: string;
}): string {
  return stringifyEntityRef({
    kind: 'resource',
    name: `${name}-${environment}`,
  });
}

/** What people read: `postgres orders.db in dev`. */
export function describeResource(resource: {
  type: string;
  name: string;
  environment: string;
}): string {
  return `${resource.type} ${resource.name} in ${resource.environment}`;
}
