import type { ResourceDefinition } from '@slipway/plugin-platform-common';
import type { FieldProblem } from '@slipway/plugin-platform-node';
import { explainExcess } from './limits';

/** What doesn't go together within one definition. */
export function checkDefinition(
  definition: ResourceDefinition,
): FieldProblem[] {
  const { parameters, defaults, maximum, timeToLive } = definition;
  const problems: FieldProblem[] = [];
  for (const part of ['defaults', 'maximum'] as const) {
    for (const field of Object.keys(definition[part])) {
      if (Object.hasOwn(parameters, field)) {
        problems.push({
          path: ['spec', part, field],
          message: `spec.parameters fixes "${field}", so nobody can ask for it, and what spec.${part} says of it never counts. Remove it from one of them.`,
        });
      }
    }
  }
  for (const [field, value] of Object.entries(defaults)) {
    const allowed = Object.hasOwn(maximum, field)
      ? explainExcess(value, maximum[field])
      : undefined;
    if (allowed) {
      problems.push({
        path: ['spec', 'defaults', field],
        message: `spec.defaults.${field} is ${JSON.stringify(value)}, but spec.maximum allows ${allowed}. Change one of them.`,
      });
    }
  }
  if (timeToLive && timeToLive.defaultMs > timeToLive.maximumMs) {
    problems.push({
      path: ['spec', 'timeToLive', 'default'],
      message:
        'spec.timeToLive.default is longer than spec.timeToLive.maximum. Shorten it, or raise the maximum.',
    });
  }
  return problems;
}
