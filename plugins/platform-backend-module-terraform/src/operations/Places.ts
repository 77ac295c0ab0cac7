import path from 'node:path';

/** What is where in `platform.terraform.directory`. */
export class Places {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Uses of modules that only look. */
  get looks(): string {
    return path.join(this.#directory, 'looks');
  }

  /** Uses of modules that act on a resource. */
  acts(id: string): string {
    return path.join(this.#directory, 'acts', id);
  }

  /** Providers that the CLI has downloaded. */
  get pluginCache(): string {
    return path.join(this.#directory, 'plugin-cache');
  }
}
