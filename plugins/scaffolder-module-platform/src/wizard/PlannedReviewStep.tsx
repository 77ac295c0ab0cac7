import type { ReviewStepProps } from '@backstage/plugin-scaffolder-react';
import { ReviewState } from '@backstage/plugin-scaffolder-react/alpha';
import { Button, Flex } from '@backstage/ui';
import { ErrorNotice } from '@slipway/plugin-platform-react';
import type { RunPlan } from '@slipway/plugin-platform-common';
import { useContext, useEffect, useState } from 'react';
import { fillPlan } from '../plan/fillPlan';
import { findObjections } from '../plan/findObjections';
import { titlesOf } from '../plan/findPlanField';
import { parametersByField } from '../plan/parametersByField';
import { PlanPanel } from '../plan/PlanPanel';
import { PlanView } from '../plan/PlanView';
import { useRunPlan } from '../plan/useRunPlan';
import { type Review, ReviewContext } from './ReviewContext';
import { reviewedValues } from './reviewedValues';

/** The last step of a wizard: what was filled in, what will happen, and the button that makes it so. */
export function PlannedReviewStep(props: ReviewStepProps) {
  const review = useContext(ReviewContext);
  return review ? <ReviewStep {...props} review={review} /> : null;
}

function ReviewStep(props: ReviewStepProps & { review: Review }) {
  const { formData, steps, handleBack, handleCreate, disableButtons } = props;
  const { manifest, planField, shownPlan, error, templateRef } = props.review;
  const { request } = fillPlan(planField.declaration, formData);
  const live = useRunPlan({ ...request, goldenPath: templateRef });
  const objections = findObjections(
    live,
    parametersByField(planField.declaration),
  );
  const [isCreating, setIsCreating] = useState(false);

  const digest = live.data?.digest;
  useEffect(() => {
    shownPlan.current = digest;
  }, [digest, shownPlan]);
  useEffect(() => setIsCreating(false), [error]);

  const labels = manifest.presentation?.buttonLabels;
  const create = () => {
    setIsCreating(true);
    handleCreate();
  };
  return (
    <Flex direction="column" gap="4">
      <ReviewState
        formState={reviewedValues(manifest.steps, formData)}
        schemas={steps.map(step => ({ ...step, title: '' }))}
      />
      <PlanPanel>
        <PlanView
          live={live}
          objections={objections}
          isObjected={objections.length > 0}
          titles={titlesOf(manifest.steps)}
        />
      </PlanPanel>
      {error && <ErrorNotice title="Nothing was started" error={error} />}
      <Flex justify="end" gap="2">
        <Button
          variant="tertiary"
          onPress={handleBack}
          isDisabled={disableButtons || isCreating}
        >
          {labels?.backButtonText ?? 'Back'}
        </Button>
        <Button
          variant="primary"
          destructive={hasLoss(live.data)}
          onPress={create}
          isDisabled={
            disableButtons ||
            isCreating ||
            live.data === undefined ||
            objections.length > 0
          }
        >
          {labels?.createButtonText ?? 'Create'}
        </Button>
      </Flex>
    </Flex>
  );
}

function hasLoss(plan: RunPlan | undefined): boolean {
  return (
    plan?.changes.some(
      ({ action, dataLoss }) => action === 'remove' || dataLoss !== undefined,
    ) ?? false
  );
}
