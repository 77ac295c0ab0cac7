import { InputError } from '@backstage/errors';
import type { RunKind } from '@slipway/plugin-platform-node';
import { checkRunKind } from './stepsOfKind';

/** The kinds of runs this portal knows, old versions included. */
export class RunKinds {
  readonly #versions = new Map<string, RunKind>();
  readonly #latest = new Map<string, RunKind>();

  /** Throws where the steps could never all run, or the same version is there already. */
  add(kind: RunKind): void {
    checkRunKind(kind);
    const name = nameOf(kind.id, kind.version);
    if (this.#versions.has(name)) {
      throw new Error(
        `Two modules offer the run kind "${kind.id}" version ${kind.version}. Rename one of them.`,
      );
    }
    this.#versions.set(name, kind);
    const latest = this.#latest.get(kind.id);
    if (!latest || latest.version < kind.version) {
      this.#latest.set(kind.id, kind);
    }
  }

  /** The newest version. Throws `InputError` where there is no such kind. */
  latest(id: string): RunKind {
    const kind = this.#latest.get(id);
    if (!kind) {
      throw new InputError(
        `There is no kind of run called "${id}". There are: ${[...this.#latest.keys()].join(', ')}.`,
      );
    }
    return kind;
  }

  /** The version that a run was planned with; `undefined` where this portal no longer has it. */
  find(id: string, version: number): RunKind | undefined {
    return this.#versions.get(nameOf(id, version));
  }
}

function nameOf(id: string, version: number): string {
  return `${id}@${version}`;
}
