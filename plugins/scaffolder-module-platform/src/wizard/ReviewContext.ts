import type { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import { createContext, type MutableRefObject } from 'react';
import type { PlanField } from '../plan/findPlanField';

/** What the review step of a template has to know beside what was filled in. */
export interface Review {
  templateRef: string;
  manifest: TemplateParameterSchema;
  planField: PlanField;
  /** Takes the digest of the plan that is shown. */
  shownPlan: MutableRefObject<string | undefined>;
  /** Why the template could not be started. */
  error?: Error;
}

export const ReviewContext = createContext<Review | undefined>(undefined);
