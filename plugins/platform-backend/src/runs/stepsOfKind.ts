import type { RunKind } from '@slipway/plugin-platform-node';

/** A step as it is planned. */
export interface PlannedStep {
  id: string;
  title: string;
  dependsOn: string[];
  /** Whether what it does can be taken back. */
  undoable: boolean;
}

/** The steps of a kind with their dependencies spelt out: a step that names none follows the one before it. */
export function stepsOfKind(kind: RunKind): PlannedStep[] {
  return kind.steps.map((step, index) => ({
    id: step.id,
    title: step.title,
    dependsOn:
      step.dependsOn ?? (index === 0 ? [] : [kind.steps[index - 1].id]),
    undoable: step.undo !== undefined,
  }));
}

/**
 * Refuses a kind whose steps could never all run: two with one id, a dependency that does not exist,
 * a cycle.
 */
export function checkRunKind(kind: RunKind): void {
  const steps = stepsOfKind(kind);
  const ids = new Set(steps.map(step => step.id));
  if (ids.size !== steps.length) {
    throw new Error(`Run kind "${kind.id}" has two steps with one id.`);
  }
  const done = new Set<string>();
  let open = steps;
  while (open.length > 0) {
    const ready = open.filter(step => step.dependsOn.every(id => done.has(id)));
    if (ready.length === 0) {
      throw new Error(
        `Run kind "${kind.id}" can never finish: ${open.map(step => `"${step.id}" waits for ${step.dependsOn.join(', ')}`).join('; ')}.`,
      );
    }
    ready.forEach(step => done.add(step.id));
    open = open.filter(step => !done.has(step.id));
  }
}
