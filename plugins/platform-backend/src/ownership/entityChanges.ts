import {
  type EntityChanges,
  type EntityEdit,
  ON_CALL_ANNOTATION,
  RUNBOOK_ANNOTATION,
  SECURITY_CONTACT_ANNOTATION,
  TECHNICAL_LEAD_ANNOTATION,
  TIER_ANNOTATION,
} from '@slipway/plugin-platform-common';
import { z } from 'zod';

const LIFECYCLES = ['experimental', 'production', 'deprecated'] as const;
const TIERS = ['1', '2', '3', '4'] as const;
const MOST = 20;

const line = z
  .string()
  .trim()
  .min(1, 'is empty; use null to take it away')
  .max(200)
  .regex(/^[^\n]*$/, 'takes one line');
const address = line.regex(
  /^https?:\/\/\S+$/,
  'is no address. Write one such as https://example.com/page',
);
const tag = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9+#]+(-[a-z0-9+#]+)*$/,
    'is no tag. Use small letters, digits, + and #, with - between words',
  );

const changes: z.ZodType<EntityChanges> = z
  .strictObject({
    title: line.nullable(),
    description: z.string().trim().min(1).max(2_000).nullable(),
    lifecycle: z.enum(LIFECYCLES),
    tags: z.array(tag).max(MOST),
    links: z
      .array(z.strictObject({ url: address, title: line.optional() }))
      .max(MOST),
    tier: z.enum(TIERS).nullable(),
    technicalLead: line.nullable(),
    onCall: line.nullable(),
    securityContact: line.nullable(),
    runbook: address.nullable(),
  })
  .partial();

/** What people ask for. */
export const entityEdit: z.ZodType<EntityEdit> = z.strictObject({
  entityRef: z.string().min(1),
  changes,
});

const FIELDS: Record<keyof EntityChanges, string[]> = {
  title: ['metadata', 'title'],
  description: ['metadata', 'description'],
  lifecycle: ['spec', 'lifecycle'],
  tags: ['metadata', 'tags'],
  links: ['metadata', 'links'],
  tier: annotation(TIER_ANNOTATION),
  technicalLead: annotation(TECHNICAL_LEAD_ANNOTATION),
  onCall: annotation(ON_CALL_ANNOTATION),
  securityContact: annotation(SECURITY_CONTACT_ANNOTATION),
  runbook: annotation(RUNBOOK_ANNOTATION),
};

/** A field of an entity file, and what it is to hold; without a value, it goes. */
export interface FieldChange {
  name: string;
  path: string[];
  value?: unknown;
}

/** Where in an entity file it is written. */
export function fieldsOf(wanted: EntityChanges): FieldChange[] {
  return Object.entries(wanted)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const isNothing =
        value === null || (Array.isArray(value) && value.length === 0);
      return {
        name,
        path: FIELDS[name as keyof EntityChanges],
        ...(!isNothing && { value }),
      };
    });
}

function annotation(name: string): string[] {
  return ['metadata', 'annotations', name];
}
