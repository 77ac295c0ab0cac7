import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Text } from '@backstage/ui';
import type { StartRunRequest } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { fillPlan } from './fillPlan';
import { findObjections } from './findObjections';
import { parametersByField } from './parametersByField';
import { useObjections } from './PlanContext';
import type { PlanDeclaration } from './PlanDeclaration';
import { PlanPanel } from './PlanPanel';
import { PlanView } from './PlanView';
import { useRunPlan } from './useRunPlan';

/** How long after the last change it is planned again, in milliseconds. */
const TYPING_PAUSE = 300;

/** Shows, while one fills in the form, what the run would do that the template is going to start. */
export function RunPlanPreview(
  props: FieldExtensionComponentProps<string, Partial<PlanDeclaration>>,
) {
  const { kind, input } = props.uiSchema['ui:options'] ?? {};
  if (kind === undefined || input === undefined) {
    return (
      <PlanPanel>
        <Text as="p" variant="body-small">
          The template doesn't say which run it starts: give the field the
          options “kind” and “input”.
        </Text>
      </PlanPanel>
    );
  }
  return <Preview {...props} declaration={{ kind, input }} />;
}

function Preview(
  props: FieldExtensionComponentProps<string, Partial<PlanDeclaration>> & {
    declaration: PlanDeclaration;
  },
) {
  const { declaration, formContext, registry } = props;
  const { request, missing } = fillPlan(
    declaration,
    formContext?.formData ?? {},
  );
  const required: string[] = registry?.rootSchema?.required ?? [];
  const wanted = JSON.stringify(request);
  const [key, setKey] = useState(wanted);
  useDebounce(() => setKey(wanted), TYPING_PAUSE, [wanted]);
  return (
    <PlanPanel>
      {missing.some(parameter => required.includes(parameter)) ? (
        <Text as="p" variant="body-small" color="secondary">
          This shows what will happen once the fields above are filled in.
        </Text>
      ) : (
        <LivePlan declaration={declaration} request={JSON.parse(key)} />
      )}
    </PlanPanel>
  );
}

function LivePlan(props: {
  declaration: PlanDeclaration;
  request: StartRunRequest;
}) {
  const live = useRunPlan(props.request);
  const found = findObjections(live, parametersByField(props.declaration));
  const unsaid = useObjections(found);
  return (
    <PlanView live={live} objections={unsaid} isObjected={found.length > 0} />
  );
}
