import type { RunStep } from '@slipway/plugin-platform-common';

/**
 * Orders steps into columns: a step stands one column right of the last step it depends on, so what may
 * go side by side shares a column.
 */
export function layerSteps(steps: RunStep[]): RunStep[][] {
  const byId = new Map(steps.map(step => [step.id, step]));
  const depths = new Map<string, number>();

  const depthOf = (step: RunStep): number => {
    const known = depths.get(step.id);
    if (known !== undefined) {
      return known;
    }
    // Stands for the step while its own dependencies are looked at: a circle can't go on for ever.
    depths.set(step.id, 0);
    const above = step.dependsOn.flatMap(id => byId.get(id) ?? []);
    const depth = Math.max(-1, ...above.map(depthOf)) + 1;
    depths.set(step.id, depth);
    return depth;
  };

  const columns: RunStep[][] = [];
  for (const step of steps) {
    (columns[depthOf(step)] ??= []).push(step);
  }
  return columns;
}
