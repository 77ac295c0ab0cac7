import {
  DEPENDENCY_ORIGINS,
  FINDING_KINDS,
} from '@slipway/plugin-ownership-common';

export const text = { type: 'string' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const time = { type: 'string', description: 'ISO 8601, UTC.' } as const;
export const texts = { type: 'array', items: text } as const;
export const reference = {
  type: 'string',
  description: 'An entity reference.',
} as const;
export const reason = { type: 'string', minLength: 1, maxLength: 500 } as const;
export const findingKind = { type: 'string', enum: FINDING_KINDS } as const;
export const origin = { type: 'string', enum: DEPENDENCY_ORIGINS } as const;

export function ref<const TName extends string>(name: TName) {
  return { $ref: `#/components/schemas/${name}` } as const;
}

export function listOf<const TItem extends object>(items: TItem) {
  return { type: 'array', items } as const;
}

/** An object with these fields and no others; at least one of them is required. */
export function object<
  const TRequired extends readonly string[],
  const TProperties extends object,
>(required: TRequired, properties: TProperties) {
  return {
    type: 'object',
    additionalProperties: false,
    required,
    properties,
  } as const;
}

/** A page of items. */
export function pageOf<const TName extends string>(name: TName) {
  return object(['items'], { items: listOf(ref(name)), nextCursor: text });
}

export const refParameter = {
  name: 'ref',
  in: 'path',
  required: true,
  description: 'An entity reference, encoded.',
  schema: text,
} as const;

export const idParameter = {
  name: 'id',
  in: 'path',
  required: true,
  schema: text,
} as const;

export const paging = [
  {
    name: 'cursor',
    in: 'query',
    description: 'The `nextCursor` of the page before.',
    schema: text,
  },
  {
    name: 'limit',
    in: 'query',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 25 },
  },
] as const;

/** A reference in a query, or another text with characters of its own. */
export function query<const TName extends string, const TSchema extends object>(
  name: TName,
  schema: TSchema,
  description = '',
) {
  return {
    name,
    in: 'query',
    description,
    allowReserved: true,
    schema,
  } as const;
}
