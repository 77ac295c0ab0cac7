import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DefinitionProblem } from '@slipway/plugin-platform-common';
import {
  type KnownPeople,
  type LocatedRotation,
  readRotationFolder,
  readRotations,
} from '@slipway/plugin-ownership-node';

/** The rotations in a folder, as they were when it was read last. */
export class RotationFiles {
  readonly #directory: string;
  readonly #logger: LoggerService;
  #rotations: readonly LocatedRotation[] = [];
  #problems: readonly DefinitionProblem[] = [];

  constructor(options: { directory: string; logger: LoggerService }) {
    this.#directory = options.directory;
    this.#logger = options.logger;
  }

  get rotations(): readonly LocatedRotation[] {
    return this.#rotations;
  }

  /** What is wrong with the files, with file and line. */
  get problems(): readonly DefinitionProblem[] {
    return this.#problems;
  }

  /** Those that belong to a team. */
  of(team: string): LocatedRotation[] {
    return this.#rotations.filter(({ rotation }) => rotation.team === team);
  }

  find(name: string): LocatedRotation | undefined {
    return this.#rotations.find(({ rotation }) => rotation.name === name);
  }

  /** Their names. */
  names(): Set<string> {
    return new Set(this.#rotations.map(({ rotation }) => rotation.name));
  }

  /** Reads them anew. Answers the names of those that aren't as they were; problems that are new are logged. */
  async read(people: KnownPeople): Promise<string[]> {
    const files = await readRotationFolder(this.#directory);
    const { rotations, problems } = readRotations(files, people);
    const isOld = (problem: DefinitionProblem) =>
      this.#problems.some(old => isDeepStrictEqual(old, problem));
    for (const problem of problems.filter(one => !isOld(one))) {
      const { file, line, message } = problem;
      this.#logger.warn(`${file}:${line}: ${message}`);
    }
    const [before, after] = [this.#rotations, rotations].map(
      list => new Map(list.map(({ rotation }) => [rotation.name, rotation])),
    );
    this.#rotations = rotations;
    this.#problems = problems;
    return [...new Set([...before.keys(), ...after.keys()])].filter(
      name => !isDeepStrictEqual(before.get(name), after.get(name)),
    );
  }

  /**
   * Changes the file of a rotation as a whole; `change` is given what it holds now. A reader sees the file as it was, or as it is.
   */
  async edit(
    { file }: Pick<LocatedRotation, 'file'>,
    change: (text: string) => string,
  ): Promise<void> {
    const target = path.join(this.#directory, path.posix.basename(file));
    const text = change(await readFile(target, 'utf8'));
    await writeFile(`${target}.new`, text);
    await rename(`${target}.new`, target);
  }
}
