import type { OnCallDuty, OwnedEntity } from '@slipway/plugin-ownership-common';
import type { Zod } from './ActionOptions';

export const entityRef = (zod: Zod) =>
  zod
    .object({
      entityRef: zod
        .string()
        .describe(
          'Such as "component:default/orders"; "orders" is a component.',
        ),
    })
    .strict();

export const paging = (zod: Zod) => ({
  cursor: zod
    .string()
    .optional()
    .describe('The nextCursor of the page before.'),
  limit: zod.number().int().min(1).max(200).default(25),
});

const person = (zod: Zod) =>
  zod.object({
    person: zod.string(),
    title: zod.string(),
    until: zod.string().optional(),
  });

export const duty = (zod: Zod) =>
  zod.object({
    rotation: zod
      .string()
      .optional()
      .describe('Left out where it is one person all the time.'),
    now: person(zod).optional().describe('Left out where nobody is.'),
    next: person(zod).optional(),
  });

/** As {@link duty} has it. */
export function dutyOf({ rotation, now, next }: OnCallDuty) {
  const personOf = (one: OnCallDuty['now']) =>
    one && { person: one.person, title: one.title, until: one.until };
  return { rotation, now: personOf(now), next: personOf(next) };
}

export const ownedEntity = (zod: Zod) =>
  zod.object({
    entityRef: zod.string(),
    title: zod.string(),
    type: zod.string().optional(),
    findings: zod.array(zod.string()),
  });

/** As {@link ownedEntity} has it. */
export function ownedEntityOf({
  entityRef: ref,
  title,
  name,
  type,
  findings,
}: OwnedEntity) {
  return { entityRef: ref, title: title ?? name, type, findings };
}
