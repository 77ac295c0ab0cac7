import { ResponseError } from '@backstage/errors';
import { explain } from '@slipway/plugin-platform-react';
import type { RunPlan } from '@slipway/plugin-platform-common';

/** Something that keeps a run from being started. */
export interface Objection {
  /** The parameter of the form that causes it; missing where none does, or it can't be told which. */
  parameter?: string;
  message: string;
}

/** The fields of a run's input that the platform's own rules look at. */
const FIELDS_OF_DECIDERS: Record<string, string> = {
  ownership: 'owner',
  'protected-environment': 'environment',
};

/** How the platform names the field before it says what is wrong with it. */
const FIELD = /^([\w-]+(?:\.[\w-]+)*): (.+)$/s;
const BETWEEN = /; (?=[\w-]+(?:\.[\w-]+)*: )/;

/** What the rules deny, and what was refused before they were asked. */
export function findObjections(
  live: { data?: RunPlan; error?: Error },
  parameters: ReadonlyMap<string, string>,
): Objection[] {
  const { data: plan, error } = live;
  if (error instanceof ResponseError && error.response.status < 500) {
    return explain(error)
      .split(BETWEEN)
      .map(text => {
        const [, field, message] = FIELD.exec(text) ?? [];
        const parameter =
          field === undefined ? undefined : parameters.get(field);
        return parameter === undefined
          ? { message: text }
          : { parameter, message };
      });
  }
  if (!error && plan?.decision.effect === 'deny') {
    return plan.decision.reasons
      .filter(({ effect }) => effect === 'deny')
      .map(({ decider, message }) => ({
        parameter: parameters.get(FIELDS_OF_DECIDERS[decider] ?? ''),
        message,
      }));
  }
  return [];
}
