import type { Run } from '@slipway/plugin-platform-common';
import { Panel } from '@slipway/plugin-platform-react';
import { StepGraph } from './StepGraph';

/** The steps of a run and, where it is being taken back, those that undo them. */
export function StepPanels(props: { run: Run }) {
  const { run } = props;
  const { waits } = run;
  const forward = run.steps.filter(({ undoes }) => undoes === undefined);
  const backward = run.steps.filter(({ undoes }) => undoes !== undefined);
  return (
    <>
      {backward.length > 0 && (
        <Panel title="Undo" aside="the last step first">
          <StepGraph label="Steps of the undo" steps={backward} waits={waits} />
        </Panel>
      )}
      <Panel title="Steps">
        <StepGraph label="Steps" steps={forward} waits={waits} />
      </Panel>
    </>
  );
}
