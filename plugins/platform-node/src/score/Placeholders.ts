import type { JsonObject, JsonValue } from '@backstage/types';
import { OperationFailedError } from '../context';
import type { ResourceOutputs, ScoreWorkload } from './types';

/** `$$` stands for a dollar sign, `${…}` for a value; anything else with a dollar sign is itself. */
const PLACEHOLDER = /\$(?:\$|\{([^}]*)\})/g;
/** A dot separates names, unless a backslash is before it. */
const SEPARATOR = /(?<!\\)\./;
/** `${resources.data}` alone: in a volume's source it stands for the output `source`. */
const WHOLE_RESOURCE = /^\$\{\s*resources\s*\.([^.}]+)\}$/;

/**
 * Replaces `${metadata.*}` and `${resources.*}` by what they stand for (`$${` stands for a literal `${`). Every method throws
 * `OperationFailedError` naming the placeholder, where it stands and which names there are.
 */
export class Placeholders {
  readonly #values: { metadata: unknown; resources: ResourceOutputs };
  readonly #declared: string[];

  /** @param outputs - of each resource, under the name that the file gives it */
  constructor(workload: ScoreWorkload, outputs: ResourceOutputs) {
    this.#values = { metadata: workload.metadata, resources: outputs };
    this.#declared = Object.keys(workload.resources ?? {});
  }

  /** @param where - the field, as messages name it */
  replace(text: string, where: string): string {
    return text.replace(PLACEHOLDER, (whole, path?: string) =>
      path === undefined ? '$' : this.#lookUp(path, `${where}: ${whole}`),
    );
  }

  /** The same in every text of a mapping, however deep. */
  replaceIn(mapping: JsonObject, where: string): JsonObject {
    const entries = Object.entries(mapping).flatMap(([key, value]) =>
      value === undefined
        ? []
        : [[key, this.#replaceDeep(value, `${where}.${key}`)]],
    );
    return Object.fromEntries(entries);
  }

  /** The source of a volume: a resource, its output `source`, or its plain name. */
  volumeSource(source: string, where: string): string {
    const name = this.#declared.includes(source)
      ? source
      : WHOLE_RESOURCE.exec(source)?.[1].trim();
    if (name !== undefined) {
      return this.#lookUp(`resources.${name}.source`, `${where}: ${source}`);
    }
    if (!source.includes('${')) {
      throw new OperationFailedError({
        message: `score.yaml, ${where}: there is no resource "${source}".`,
        hint: 'Name a resource of the type volume, as in ${resources.data}, and declare it under resources.',
      });
    }
    return this.replace(source, where);
  }

  #replaceDeep(value: JsonValue, where: string): JsonValue {
    if (typeof value === 'string') {
      return this.replace(value, where);
    }
    if (Array.isArray(value)) {
      return value.map((item, index) =>
        this.#replaceDeep(item, `${where}.${index}`),
      );
    }
    return typeof value === 'object' && value
      ? this.replaceIn(value, where)
      : value;
  }

  #lookUp(path: string, where: string): string {
    let value: unknown = this.#values;
    const passed: string[] = [];
    for (const part of path.split(SEPARATOR).map(unescape)) {
      const known = typeof value === 'object' && value ? value : {};
      if (!Object.hasOwn(known, part)) {
        const names = Object.keys(known);
        throw new OperationFailedError({
          message: `score.yaml, ${where} names nothing that exists.`,
          hint: names.length
            ? `${passed.length ? `${passed.join('.')} has` : 'There are'}: ${names.join(', ')}.`
            : `There is nothing in ${passed.join('.')}. Write $\${ for a literal \${.`,
        });
      }
      passed.push(part);
      value = (known as Record<string, unknown>)[part];
    }
    if (typeof value === 'object' && value) {
      throw new OperationFailedError({
        message: `score.yaml, ${where} is not a single value.`,
        hint: `${path} has: ${Object.keys(value).join(', ')}.`,
      });
    }
    return String(value);
  }
}

function unescape(name: string): string {
  return name.trim().replaceAll('\\.', '.');
}
