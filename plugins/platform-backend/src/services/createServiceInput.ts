import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { explainServiceName } from '@slipway/plugin-platform-common';
import { z } from 'zod';

const name = z.string().superRefine((value, context) => {
  const problem = explainServiceName(value);
  if (problem) {
    context.addIssue({ code: 'custom', message: problem });
  }
});

/** A team by its entity reference, which may be shortened. */
const owner = z.string().transform((value, context) => {
  const ref = groupRef(value);
  if (!ref) {
    context.addIssue({
      code: 'custom',
      message: `"${value}" can't own a service. Name a team, for example "group:default/payments".`,
    });
    return z.NEVER;
  }
  return ref;
});

/** What is said about a service that is to be created. */
export const createServiceRequest = z.object({
  name,
  description: z.string().max(1000).default(''),
  owner,
  /** The first line of the first commit's message. */
  message: z.string().max(1000).optional(),
});

/** The same as it is sent beside the archive. */
export const createServiceQuery = createServiceRequest.extend({
  /** The entity reference of the template that asks. */
  goldenPath: z.string().optional(),
});

/** What a run that creates a service starts from. */
export const createServiceInput = createServiceRequest.extend({
  /** The digest of a gzipped tar of the first commit's files. */
  archive: z.string(),
});

function groupRef(value: string): string | undefined {
  try {
    const ref = parseEntityRef(value, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return ref.kind.toLowerCase() === 'group'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}
