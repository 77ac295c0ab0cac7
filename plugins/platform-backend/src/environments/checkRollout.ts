import type { RolloutPlan } from '@slipway/plugin-platform-common';
import type { FieldProblem } from '@slipway/plugin-platform-node';

/** What doesn't go together in how releases take over. */
export function checkRollout({ strategy, steps }: RolloutPlan): FieldProblem[] {
  const path = ['spec', 'rollout', 'steps'];
  if (strategy === 'canary' && steps.length === 0) {
    return [
      {
        path,
        message:
          'spec.rollout.steps is missing. A canary takes steps: [{ percent: 10, for: 5m }].',
      },
    ];
  }
  if (strategy === 'blue-green' && steps.length > 0) {
    return [
      {
        path,
        message:
          'spec.rollout.steps are those of a canary, and the strategy is blue-green. Change one of them.',
      },
    ];
  }
  const falling = steps.findIndex(
    ({ percent }, index) => index > 0 && percent <= steps[index - 1].percent,
  );
  return falling < 0
    ? []
    : [
        {
          path: [...path, falling],
          message: `spec.rollout.steps: ${steps[falling].percent} % does not come after ${steps[falling - 1].percent} %. Let each step be larger than the one before.`,
        },
      ];
}
