import type { JsonObject } from '@backstage/types';

/** The name of the field by which a template says which run it is going to start. */
export const PLAN_FIELD = 'RunPlanPreview';

/**
 * Which run a template is going to start: the `ui:options` of its field {@link PLAN_FIELD}. `input` is written as in the template's
 * step, with `${{ parameters.<name> }}` for what is asked for.
 */
export interface PlanDeclaration {
  kind: string;
  input: JsonObject;
}
