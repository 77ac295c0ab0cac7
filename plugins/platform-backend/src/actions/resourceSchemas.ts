import type { Resource } from '@slipway/plugin-platform-common';
import type { Zod } from './schemas';

export const resourceId = (zod: Zod) => ({
  resourceId: zod.string().describe('The id of the resource.'),
});

/** What names a new resource, and says what it shall be. */
export const newResource = (zod: Zod) => ({
  type: zod
    .string()
    .describe('The resource type, such as "postgres": see explain-resource.'),
  name: zod
    .string()
    .describe(
      'Unique in its environment: lower-case letters, digits and hyphens.',
    ),
  environment: zod.string(),
  owner: zod.string().describe('The entity reference of a team.'),
  class: zod.string().optional().describe('Left out: default.'),
  parameters: zod
    .record(zod.unknown())
    .optional()
    .describe('What the type lets you ask for; the definition completes it.'),
  timeToLiveMs: zod
    .number()
    .optional()
    .describe('How long it lives, in milliseconds.'),
});

const brief = (zod: Zod) => ({
  id: zod.string(),
  name: zod.string(),
  environment: zod.string(),
  type: zod.string(),
  class: zod.string(),
  owner: zod.string(),
  service: zod.string().optional(),
  state: zod
    .string()
    .describe(
      'provisioning, ready, changing, failed, destroying, deleted (can be restored) or destroyed.',
    ),
});

/** A resource in a list. */
export const resourceSummary = (zod: Zod) =>
  zod.object({
    ...brief(zod),
    failure: zod.string().optional().describe('Why it failed.'),
    drifted: zod
      .boolean()
      .describe('Whether it differs from what was asked for.'),
    expiresAt: zod.string().optional(),
  });

export function resourceSummaryOf(resource: Resource) {
  const { id, name, environment, type, owner, service, state } = resource;
  return {
    id,
    name,
    environment,
    type,
    class: resource.class,
    owner,
    service,
    state,
    failure: resource.failure?.message,
    drifted: resource.drift !== undefined,
    expiresAt: resource.expiresAt,
  };
}

/** A whole resource, without its secrets. */
export const resourceOutput = (zod: Zod) =>
  zod.object({
    resource: zod
      .object({
        ...brief(zod),
        parameters: zod.record(zod.unknown()),
        outputs: zod.array(
          zod
            .object({ name: zod.string(), secret: zod.boolean() })
            .passthrough(),
        ),
        connections: zod.array(
          zod.object({ service: zod.string(), alias: zod.string() }),
        ),
        runId: zod.string(),
      })
      .passthrough(),
  });
