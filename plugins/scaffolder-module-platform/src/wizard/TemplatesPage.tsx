import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  type FormField,
  type ScaffolderTheme,
  useTemplateParameterSchema,
} from '@backstage/plugin-scaffolder-react/alpha';
import type { ReactElement } from 'react';
import { matchPath, useParams } from 'react-router-dom';
import { findPlanField } from '../plan/findPlanField';
import { PlannedTemplateWizard } from './PlannedTemplateWizard';
import { useFieldExtensions } from './useFieldExtensions';

/** What the page of templates is made from. */
export interface TemplatesPageProps {
  /** Backstage's own. */
  original: ReactElement;
  loadFormFields(): Promise<FormField[]>;
  theme: ScaffolderTheme;
}

/** The list of templates and their wizards: Backstage's own, but where a template says which run it starts. */
export function TemplatesPage(props: TemplatesPageProps) {
  const { '*': rest = '' } = useParams();
  const { params } = matchPath('/:namespace/:templateName', `/${rest}`) ?? {};
  const { namespace, templateName } = params ?? {};
  return namespace && templateName ? (
    <TemplateWizard
      {...props}
      key={rest}
      namespace={namespace}
      templateName={templateName}
    />
  ) : (
    props.original
  );
}

function TemplateWizard(
  props: TemplatesPageProps & { namespace: string; templateName: string },
) {
  const { original, namespace, templateName, theme } = props;
  const kind = 'Template';
  const templateRef = stringifyEntityRef({
    kind,
    namespace,
    name: templateName,
  });
  const { manifest, error } = useTemplateParameterSchema(templateRef);
  const fields = useFieldExtensions(props.loadFormFields, manifest);
  if (error) {
    return original;
  }
  if (!manifest || fields.loading) {
    return null;
  }
  const planField = findPlanField(manifest.steps);
  // What decorates a form can be run by Backstage's own wizard only.
  const isDecorated =
    manifest.formDecorators ?? manifest.EXPERIMENTAL_formDecorators;
  if (!planField || !fields.extensions || isDecorated) {
    return original;
  }
  return (
    <PlannedTemplateWizard
      namespace={namespace}
      templateName={templateName}
      templateRef={templateRef}
      manifest={manifest}
      planField={planField}
      extensions={fields.extensions}
      theme={theme}
    />
  );
}
