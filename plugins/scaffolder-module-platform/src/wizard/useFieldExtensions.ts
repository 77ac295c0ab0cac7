import type {
  FormField,
  WorkflowProps,
} from '@backstage/plugin-scaffolder-react/alpha';
import { useRef } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { fieldsOf, type TemplateSteps } from './fieldsOf';

/** A field as a wizard takes it. */
type FieldExtension = WorkflowProps['extensions'][number];

/**
 * The fields that there are, once they are loaded; none where a template asks with one that can't be had here, and Backstage's own
 * wizard has to ask.
 */
export function useFieldExtensions(
  loadFormFields: () => Promise<FormField[]>,
  manifest: { steps: TemplateSteps } | undefined,
): { loading: boolean; extensions?: FieldExtension[] } {
  const load = useRef(loadFormFields);
  const { loading, value } = useAsync(() => load.current());
  if (loading || !value || !manifest) {
    return { loading };
  }
  const extensions = value.filter(isFieldExtension);
  const names = new Set(extensions.map(({ name }) => name));
  return {
    loading,
    extensions: fieldsOf(manifest.steps).every(name => names.has(name))
      ? extensions
      : undefined,
  };
}

/** What Backstage hands out as a form field is the field itself, which its type doesn't say. */
function isFieldExtension(
  field: FormField,
): field is FormField & FieldExtension {
  return 'name' in field && 'component' in field;
}
