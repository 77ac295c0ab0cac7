import { access, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TerraformModule } from '../modules/TerraformModule';

/** What the CLI writes where it can't reach the database with the state. */
export const ERRORED_STATE = 'errored.tfstate';
/** Takes the place of whatever backend the module names. */
const BACKEND_FILE = 'slipway_override.tf.json';
/** Errors name it as the place of what was asked for. */
const VARIABLES_FILE = 'parameters.tfvars.json';
/** What a person left who tried the module out. */
const NOT_COPIED = /^(\.terraform|\.git|.*\.tfstate(\..*)?)$/;
/** A directory for one use of a module. Only the portal's user may read it: plans and states hold secrets. */
export class Workspace {
  readonly directory: string;
  /** Where the CLI runs. */
  readonly folder: string;

  private constructor(directory: string, folder: string) {
    this.directory = directory;
    this.folder = folder;
  }

  /**
   * Copies the module, with those beside it that it may use.
   *
   * @param parent - the directory to make it in
   * @param options - `backend`: where its state is; `variables`: for its variables
   */
  static async create(
    parent: string,
    module: TerraformModule,
    options: { backend: 'pg' | 'local'; variables: object },
  ): Promise<Workspace> {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const directory = await mkdtemp(path.join(parent, 'use-'));
    const modules = path.join(directory, 'modules');
    const workspace = new Workspace(directory, path.join(modules, module.name));
    await Promise.all(
      [workspace.home, workspace.data, workspace.outputs].map(each =>
        mkdir(each, { recursive: true }),
      ),
    );
    await cp(module.root, modules, {
      recursive: true,
      filter: source => !NOT_COPIED.test(path.basename(source)),
    });
    await writeFile(
      path.join(workspace.folder, BACKEND_FILE),
      JSON.stringify({ terraform: { backend: { [options.backend]: {} } } }),
    );
    await writeFile(workspace.variablesFile, JSON.stringify(options.variables));
    return workspace;
  }

  get home(): string {
    return path.join(this.directory, 'home');
  }

  /** `TF_DATA_DIR`. */
  get data(): string {
    return path.join(this.directory, 'data');
  }

  get outputs(): string {
    return path.join(this.directory, 'outputs');
  }

  get variablesFile(): string {
    return path.join(this.directory, VARIABLES_FILE);
  }

  get planFile(): string {
    return path.join(this.directory, 'plan');
  }

  get emptyStateFile(): string {
    return path.join(this.directory, 'empty.tfstate');
  }

  /** A state that the CLI could not save, where there is one. */
  async erroredState(): Promise<string | undefined> {
    return await fileThere(path.join(this.folder, ERRORED_STATE));
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The file, where there is such a file. */
export async function fileThere(file: string): Promise<string | undefined> {
  return await access(file).then(
    () => file,
    () => undefined,
  );
}
