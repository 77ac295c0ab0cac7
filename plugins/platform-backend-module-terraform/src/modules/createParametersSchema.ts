import type { JsonObject } from '@backstage/types';
import type { ModuleDeclarations } from './readDeclarations';
import { PLATFORM_VARIABLES } from './TerraformModule';
import { typeToJsonSchema } from './typeToJsonSchema';

type Variable = ModuleDeclarations['variable'][string];

/**
 * What can be asked for: the module's variables but those that the platform fills, and the secret ones. Parameters are shown to people, so that a
 * secret has to come another way: made by the module, or as `TF_VAR_<name>` from the configuration.
 */
export function parametersOf({
  variable,
}: ModuleDeclarations): Record<string, Variable> {
  return Object.fromEntries(
    Object.entries(variable).filter(
      ([name, { sensitive, ephemeral }]) =>
        !sensitive &&
        !ephemeral &&
        !PLATFORM_VARIABLES.some(filled => filled === name),
    ),
  );
}

/**
 * The JSON Schema of a module's parameters.
 *
 * @param additions - by variable, what its type can't say: `enum`, `minimum`, `title`
 */
export function createParametersSchema(
  declarations: ModuleDeclarations,
  additions: Record<string, JsonObject>,
): JsonObject {
  const parameters = Object.entries(parametersOf(declarations));
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(([name, variable]) => [
        name,
        { ...describe(variable), ...additions[name] },
      ]),
    ),
    required: parameters
      .filter(([, variable]) => variable.default === undefined)
      .map(([name]) => name),
    additionalProperties: false,
  };
}

function describe(variable: Variable): JsonObject {
  const { description, type = '${any}' } = variable;
  return {
    ...typeToJsonSchema(type.replace(/^\$\{([^]*)\}$/, '$1')),
    ...(description && { description }),
    ...(isConstant(variable.default) && { default: variable.default }),
  };
}

/** Without a value (`null`), and with one that has to be calculated, the module's own default counts. */
function isConstant(value: Variable['default']): boolean {
  return (
    value !== undefined &&
    value !== null &&
    !JSON.stringify(value).includes('${')
  );
}
