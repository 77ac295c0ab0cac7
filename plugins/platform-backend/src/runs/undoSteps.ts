/** A step as far as undoing it goes. */
interface AttemptedStep {
  step_id: string;
  depends_on: string[];
  attempt: number;
}

/** A step whose kind knows how to take it back. */
export interface UndoableStep {
  id: string;
  title: string;
}

/** One step of an undo. */
export interface UndoStep {
  id: string;
  undoes: string;
  title: string;
  dependsOn: string[];
}

/**
 * The steps of an undo: one for each step that was ever attempted and can be taken back, after those of all steps that depended
 * on it, directly or not. The last step comes first.
 */
export function undoSteps(
  steps: AttemptedStep[],
  undoable: UndoableStep[],
): UndoStep[] {
  const attempted = steps.filter(({ attempt }) => attempt > 0);
  const titles = new Map(undoable.map(({ id, title }) => [id, title]));
  const undone = attempted.filter(({ step_id }) => titles.has(step_id));
  const dependents = dependentsOf(steps);
  return undone
    .map(({ step_id }) => ({
      id: undoIdOf(step_id),
      undoes: step_id,
      title: `Undo: ${titles.get(step_id)}`,
      dependsOn: undone
        .filter(other => dependents.get(step_id)?.has(other.step_id))
        .map(other => undoIdOf(other.step_id)),
    }))
    .reverse();
}

/** What the undo of a step is called. */
export function undoIdOf(stepId: string): string {
  return `undo:${stepId}`;
}

function dependentsOf(steps: AttemptedStep[]): Map<string, Set<string>> {
  const ancestors = new Map<string, Set<string>>();
  const ancestorsOf = (id: string): Set<string> => {
    const known = ancestors.get(id);
    if (known) {
      return known;
    }
    const found = new Set<string>();
    ancestors.set(id, found);
    for (const parent of steps.find(step => step.step_id === id)?.depends_on ??
      []) {
      found.add(parent);
      ancestorsOf(parent).forEach(ancestor => found.add(ancestor));
    }
    return found;
  };
  const dependents = new Map<string, Set<string>>();
  for (const { step_id: id } of steps) {
    for (const ancestor of ancestorsOf(id)) {
      dependents.set(ancestor, (dependents.get(ancestor) ?? new Set()).add(id));
    }
  }
  return dependents;
}
