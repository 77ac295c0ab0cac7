import {
  AnalyticsContext,
  BreadcrumbEntry,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  scaffolderApiRef,
  SecretsContextProvider,
  type TemplateParameterSchema,
  useTemplateSecrets,
} from '@backstage/plugin-scaffolder-react';
import {
  type ScaffolderTheme,
  Workflow,
  type WorkflowProps,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { JsonValue } from '@backstage/types';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { PlanField } from '../plan/findPlanField';
import { PlanProvider } from '../plan/PlanContext';
import { PlannedReviewStep } from './PlannedReviewStep';
import { ReviewContext } from './ReviewContext';

interface PlannedTemplateWizardProps {
  namespace: string;
  templateName: string;
  templateRef: string;
  manifest: TemplateParameterSchema;
  planField: PlanField;
  extensions: WorkflowProps['extensions'];
  theme: ScaffolderTheme;
}

/** Backstage's wizard with a review step that shows the plan, and sends along which plan was shown. */
export function PlannedTemplateWizard(props: PlannedTemplateWizardProps) {
  const { templateRef, manifest } = props;
  return (
    <BreadcrumbEntry entry={{ label: manifest.title, href: '.' }}>
      <AnalyticsContext attributes={{ entityRef: templateRef }}>
        <SecretsContextProvider>
          <PlanProvider>
            <Wizard {...props} />
          </PlanProvider>
        </SecretsContextProvider>
      </AnalyticsContext>
    </BreadcrumbEntry>
  );
}

function Wizard(props: PlannedTemplateWizardProps) {
  const { templateRef, manifest, planField, theme } = props;
  const scaffolderApi = useApi(scaffolderApiRef);
  const taskRoute = useRouteRef(scaffolderPlugin.routes.ongoingTask);
  const navigate = useNavigate();
  const { secrets } = useTemplateSecrets();
  const shownPlan = useRef<string>();
  const [error, setError] = useState<Error>();

  const onCreate = async (values: Record<string, JsonValue>) => {
    setError(undefined);
    const { current: digest } = shownPlan;
    try {
      const { taskId } = await scaffolderApi.scaffold({
        templateRef,
        values: {
          ...values,
          ...(digest !== undefined && { [planField.parameter]: digest }),
        },
        secrets,
      });
      const path = taskRoute?.({ taskId });
      if (path) {
        navigate(path);
      }
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };

  const review = useMemo(
    () => ({ templateRef, manifest, planField, shownPlan, error }),
    [templateRef, manifest, planField, error],
  );
  return (
    <ReviewContext.Provider value={review}>
      <Workflow
        namespace={props.namespace}
        templateName={props.templateName}
        extensions={props.extensions}
        formProps={{ EXPERIMENTAL_theme: theme }}
        components={{ ReviewStepComponent: PlannedReviewStep }}
        onCreate={onCreate}
        onError={() => null}
      />
    </ReviewContext.Provider>
  );
}
