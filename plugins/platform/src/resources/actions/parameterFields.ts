import type { JsonObject, JsonValue } from '@backstage/types';
import type { ResourceOffer } from '@slipway/plugin-platform-common';

/** A parameter that can be asked for with one field. */
export interface ParameterField {
  name: string;
  title: string;
  description?: string;
  kind: 'number' | 'text' | 'choice' | 'choices' | 'flag';
  /** What can be chosen. */
  options: string[];
  minimum?: number;
  maximum?: number;
}

/**
 * The parameters that people may choose, as fields: those of the provider's JSON Schema that the definition doesn't fix. A
 * parameter of another shape than a number, text, flag, choice or list of choices has no field; it can be set over the API.
 */
export function parameterFields(
  schema: JsonObject,
  offer: Pick<ResourceOffer, 'fixed' | 'maximum'>,
): ParameterField[] {
  return Object.entries(objectOf(schema.properties)).flatMap(
    ([name, property]) => {
      const shape = shapeOf(objectOf(property), offer.maximum[name]);
      if (name in offer.fixed || !shape) {
        return [];
      }
      const { title, description } = objectOf(property);
      return [
        {
          name,
          title: typeof title === 'string' ? title : name,
          description:
            typeof description === 'string' ? description : undefined,
          ...shape,
        },
      ];
    },
  );
}

type Shape = Pick<ParameterField, 'kind' | 'options' | 'minimum' | 'maximum'>;

function shapeOf(
  property: JsonObject,
  most: JsonValue | undefined,
): Shape | undefined {
  const options = stringsOf(property.enum);
  switch (property.type) {
    case 'number':
    case 'integer':
      return {
        kind: 'number',
        options: [],
        minimum: numberOf(property.minimum),
        maximum: least(numberOf(property.maximum), numberOf(most)),
      };
    case 'boolean':
      return { kind: 'flag', options: [] };
    case 'string':
      return { kind: options.length > 0 ? 'choice' : 'text', options };
    case 'array': {
      const all = stringsOf(objectOf(property.items).enum);
      const allowed = Array.isArray(most) ? stringsOf(most) : all;
      return allowed.length > 0
        ? { kind: 'choices', options: allowed }
        : undefined;
    }
    default:
      return undefined;
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function stringsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}

/** A limit that stands in a schema for want of one, as that of all integers does, is none. */
function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER
    ? value
    : undefined;
}

function least(
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
