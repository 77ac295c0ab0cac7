import type { JsonObject } from '@backstage/types';

const PRIMITIVES: Record<string, JsonObject> = {
  string: { type: 'string' },
  number: { type: 'number' },
  bool: { type: 'boolean' },
  any: {},
};

class TypeParser {
  readonly #tokens: string[];

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  parse(): JsonObject {
    const word = this.#next();
    const primitive = PRIMITIVES[word];
    if (primitive) {
      return primitive;
    }
    this.#expect('(');
    const schema = this.#constructed(word);
    this.#expect(')');
    return schema;
  }

  #constructed(constructor: string): JsonObject {
    switch (constructor) {
      case 'list':
      case 'set':
        return { type: 'array', items: this.parse() };
      case 'map':
        return { type: 'object', additionalProperties: this.parse() };
      case 'tuple':
        return this.#tuple();
      case 'object':
        return this.#object();
      default:
        throw new Error(`${constructor} is no type.`);
    }
  }

  #tuple(): JsonObject {
    const prefixItems: JsonObject[] = [];
    this.#expect('[');
    while (!this.#skip(']')) {
      prefixItems.push(this.parse());
      this.#skip(',');
    }
    return { type: 'array', prefixItems, minItems: prefixItems.length };
  }

  #object(): JsonObject {
    const properties: JsonObject = {};
    const required: string[] = [];
    this.#expect('{');
    while (!this.#skip('}')) {
      const name = this.#next().replaceAll('"', '');
      if (!this.#skip('=')) {
        this.#expect(':');
      }
      if (this.#tokens[0] === 'optional') {
        properties[name] = this.#optional();
      } else {
        properties[name] = this.parse();
        required.push(name);
      }
      this.#skip(',');
    }
    return {
      type: 'object',
      properties,
      required,
      additionalProperties: false,
    };
  }

  /** `optional(type, default)`; the module fills the default in. */
  #optional(): JsonObject {
    this.#expect('optional');
    this.#expect('(');
    const schema = this.parse();
    for (let depth = 1; depth > 0;) {
      const token = this.#next();
      depth += Number('([{'.includes(token)) - Number(')]}'.includes(token));
    }
    return schema;
  }

  #next(): string {
    const token = this.#tokens.shift();
    if (token === undefined) {
      throw new Error('The type ends too early.');
    }
    return token;
  }

  #skip(token: string): boolean {
    if (this.#tokens[0] !== token) {
      return false;
    }
    this.#tokens.shift();
    return true;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) {
      throw new Error(`There must be ${token} where ${found} is.`);
    }
  }
}

/**
 * The JSON Schema of a variable's type constraint, such as `list(object({ name = string, size = optional(number, 1) }))`. What it doesn't
 * understand it takes for `any`: the CLI checks types too, only later.
 *
 * @see https://opentofu.org/docs/language/expressions/type-constraints
 */
export function typeToJsonSchema(type: string): JsonObject {
  try {
    const parser = new TypeParser(tokensOf(type));
    return parser.parse();
  } catch {
    return {};
  }
}

/** Words, quoted names, and each sign. */
function tokensOf(type: string): string[] {
  const code = type.replaceAll(/(#|\/\/).*$|\/\*[^]*?\*\//gm, '');
  return code.match(/[\w-]+|"(?:[^"\\]|\\.)*"|\S/g) ?? [];
}
