import {
  type Environment,
  MAX_PREVIEW_BASE_LENGTH,
} from '@slipway/plugin-platform-common';
import type { FieldProblem } from '@slipway/plugin-platform-node';

/** What is wrong with whether an environment can be cloned. */
export function checkPreviews({
  name,
  previews,
  protected: isProtected,
}: Environment): FieldProblem[] {
  if (!previews) {
    return [];
  }
  const problems: FieldProblem[] = [];
  if (name.length > MAX_PREVIEW_BASE_LENGTH) {
    problems.push({
      path: ['spec', 'previews'],
      message: `An environment that is cloned has a name of at most ${MAX_PREVIEW_BASE_LENGTH} characters; "${name}" has ${name.length}. Clone another one.`,
    });
  }
  if (isProtected) {
    problems.push({
      path: ['spec', 'previews'],
      message:
        'What is protected is not cloned: its definitions and configuration are not for branches nobody has looked at. Clone another one.',
    });
  }
  if (previews.defaultMs > previews.maximumMs) {
    problems.push({
      path: ['spec', 'previews', 'timeToLive', 'default'],
      message: 'timeToLive.default is more than timeToLive.maximum.',
    });
  }
  return problems;
}
