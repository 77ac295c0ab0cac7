import { InputError } from '@backstage/errors';
import type { RunKind } from '@slipway/plugin-platform-node';
import { checkRunKind, stepsOfKind } from './stepsOfKind';

/** The kinds of runs this portal knows, old versions included. */
export class RunKinds {
  readonly #versions = new Map<string, RunKind>();
  readonly #chains = new Map<string, Map<string, string>>();
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
    const chain = chainOf(kind);
    if (chain) {
      this.#chains.set(name, chain);
    }
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

  /** Whether another process does the work of a step, so that it takes no place of the backend that listens to it. */
  worksElsewhere({
    run,
    stepId,
  }: {
    run: { kind: string; kind_version: number };
    stepId: string;
  }): boolean {
    const kind = this.find(run.kind, run.kind_version);
    return kind?.steps.find(({ id }) => id === stepId)?.elsewhere ?? false;
  }

  /**
   * The only step that can follow a step, where the kind's steps follow each other one by one; `undefined` after the last, and
   * where steps may go side by side.
   */
  nextInChain(id: string, version: number, stepId: string): string | undefined {
    return this.#chains.get(nameOf(id, version))?.get(stepId);
  }
}

/** From each step to the one after it. */
function chainOf(kind: RunKind): Map<string, string> | undefined {
  const steps = stepsOfKind(kind);
  const isChain = steps.every(({ dependsOn }, index) =>
    index === 0
      ? dependsOn.length === 0
      : dependsOn.length === 1 && dependsOn[0] === steps[index - 1].id,
  );
  return isChain
    ? new Map(steps.slice(1).map((step, index) => [steps[index].id, step.id]))
    : undefined;
}

function nameOf(id: string, version: number): string {
  return `${id}@${version}`;
}
