import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { PLAN_FIELD } from './PlanDeclaration';
import { RunPlanPreview } from './RunPlanPreview';

/**
 * Shows what the run would do that the template is going to start. Its options say which run that is; its value is the digest of the plan
 * that was shown on the review step.
 */
export const runPlanPreviewField = createFormField({
  name: PLAN_FIELD,
  component: RunPlanPreview,
});
