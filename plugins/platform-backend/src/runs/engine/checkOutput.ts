import {
  OperationFailedError,
  type StepDefinition,
} from '@slipway/plugin-platform-node';
import type { JsonObject } from '@backstage/types';

/** The largest output of a step, in bytes of JSON. What is larger belongs into an artifact, and its address here. */
export const MAX_OUTPUT_BYTES = 256 * 1024;

/** The output of a step as it will be stored. Throws `OperationFailedError` where it can't be, and says why. */
export function checkOutput(
  step: StepDefinition,
  value: JsonObject | void,
): JsonObject {
  const output = toJson(step, value ?? {});
  const result = step.output?.safeParse(output);
  if (result && !result.success) {
    const issues = result.error.issues.map(
      issue => `${issue.path.join('.') || 'output'}: ${issue.message}`,
    );
    throw new OperationFailedError({
      message: `"${step.title}" returned something else than it promises: ${issues.join('; ')}.`,
      hint: 'This is a mistake in the run kind. Tell the team that wrote it.',
    });
  }
  return result?.data ?? output;
}

function toJson(step: StepDefinition, value: JsonObject): JsonObject {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw unusable(
      step,
      `can't be written as JSON: ${(error as Error).message}`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unusable(step, 'is not an object');
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_OUTPUT_BYTES) {
    throw unusable(
      step,
      `has ${Math.ceil(bytes / 1024)} kB, and ${MAX_OUTPUT_BYTES / 1024} kB is the most. Keep it as an artifact and return its address`,
    );
  }
  if (text.includes('\\u0000')) {
    throw unusable(step, 'holds a NUL character, which can not be stored');
  }
  return JSON.parse(text);
}

function unusable(step: StepDefinition, why: string): OperationFailedError {
  return new OperationFailedError({
    message: `What "${step.title}" returned ${why}.`,
    hint: 'This is a mistake in the run kind. Tell the team that wrote it.',
  });
}
