import { InputError } from '@backstage/errors';
import { parse } from '@cdktn/hcl2json';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** In HCL a block is a list, in JSON it may be one or not. */
function block<T extends z.ZodType>(schema: T) {
  return z
    .union([z.array(schema).length(1), schema.transform(one => [one])])
    .transform(([one]) => one);
}

const declarations = z.object({
  variable: z
    .record(
      z.string(),
      block(
        z.object({
          type: text,
          description: text,
          default: z.json().optional(),
          sensitive: flag,
          ephemeral: flag,
        }),
      ),
    )
    .default({}),
  output: z
    .record(z.string(), block(z.object({ description: text, sensitive: flag })))
    .default({}),
});

/** What a module takes and gives. */
export type ModuleDeclarations = z.infer<typeof declarations>;

/**
 * Reads the variables and outputs of a module from its files, without the CLI.
 *
 * @throws `InputError` with file and line for what is no HCL
 */
export async function readDeclarations(
  folder: string,
): Promise<ModuleDeclarations> {
  const files = (await readdir(folder)).sort();
  const all: ModuleDeclarations = { variable: {}, output: {} };
  for (const file of files.filter(name => /\.tf(\.json)?$/.test(name))) {
    const { variable, output } = await readFileDeclarations(
      path.join(folder, file),
    );
    Object.assign(all.variable, variable);
    Object.assign(all.output, output);
  }
  return all;
}

async function readFileDeclarations(file: string): Promise<ModuleDeclarations> {
  const content = await readFile(file, 'utf8');
  try {
    return declarations.parse(
      file.endsWith('.json')
        ? JSON.parse(content)
        : await parse(path.basename(file), content),
    );
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new InputError(
      `${file} can't be read as a file of a module: ${reason.replace(/^Error: parse config: /, '')}`,
    );
  }
}
