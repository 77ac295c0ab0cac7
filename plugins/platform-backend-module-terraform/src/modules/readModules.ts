import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { YamlDocument } from '@slipway/plugin-platform-node';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createParametersSchema, parametersOf } from './createParametersSchema';
import { moduleDocument } from './moduleDocument';
import { readDeclarations } from './readDeclarations';
import { PLATFORM_VARIABLES, type TerraformModule } from './TerraformModule';

const DESCRIPTION_FILE = 'slipway.yaml';
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Reads every folder with a `slipway.yaml`; others are parts that modules share.
 *
 * @throws `InputError` with file and line, and what would be right
 */
export async function readModules(root: string): Promise<TerraformModule[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(error => {
    throw new InputError(
      `platform.terraform.modules names ${root}, which can't be read as a folder. Name one with a folder for each module.`,
      error,
    );
  });
  const folders = entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const modules: TerraformModule[] = [];
  for (const name of folders) {
    const file = path.join(root, name, DESCRIPTION_FILE);
    if (await exists(file)) {
      modules.push(await readModule(root, name, file));
    }
  }
  return modules;
}

async function readModule(
  root: string,
  name: string,
  file: string,
): Promise<TerraformModule> {
  if (!NAME.test(name)) {
    throw new InputError(
      `The folder of the module ${path.dirname(file)} must be named by lower-case letters, digits and single hyphens, beginning with a letter.`,
    );
  }
  const document = YamlDocument.parse(await readFile(file, 'utf8'));
  const fail = (where: PropertyKey[], message: string): never => {
    throw new InputError(`${file}:${document.lineOf(where)}: ${message}`);
  };
  if (document.broken) {
    throw new InputError(
      `${file}:${document.broken.line}: ${document.broken.message}.`,
    );
  }
  const read = moduleDocument.safeParse(document.value);
  if (!read.success) {
    const [issue] = read.error.issues;
    if (issue.code === 'unrecognized_keys') {
      const field = [...issue.path, issue.keys[0]];
      return fail(field, `There is no field ${field.join('.')}.`);
    }
    return fail(issue.path, document.describe(issue));
  }
  const { metadata, spec } = read.data;
  const declarations = await readDeclarations(path.dirname(file));
  const known = Object.keys(parametersOf(declarations));
  Object.keys(spec.parameters)
    .filter(parameter => !known.includes(parameter))
    .forEach(parameter =>
      fail(
        ['spec', 'parameters', parameter],
        `The module has no variable "${parameter}" that can be asked for. It has: ${known.join(', ') || 'none'}.`,
      ),
    );
  const parameters = createParametersSchema(
    declarations,
    spec.parameters as Record<string, JsonObject>,
  );
  try {
    z.fromJSONSchema(parameters);
  } catch (error) {
    fail(['spec', 'parameters'], `This is no JSON Schema. ${error}`);
  }
  return {
    name,
    root,
    type: spec.type,
    title: metadata.title,
    description: metadata.description,
    timeoutMs: spec.timeoutMinutes && spec.timeoutMinutes * 60_000,
    parameters,
    filled: PLATFORM_VARIABLES.filter(
      variable => variable in declarations.variable,
    ),
    outputs: Object.fromEntries(
      Object.entries(declarations.output).map(
        ([output, { description, sensitive }]) => [
          output,
          {
            description: description ?? `The module's output "${output}"`,
            ...(sensitive && { secret: true }),
          },
        ],
      ),
    ),
  };
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
