import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { TextField } from '@backstage/ui';
import { useObjectionTo } from '../plan/PlanContext';

/** The name of a new resource; says while one types what the plan of the template objects to it. */
export function ResourceName(props: FieldExtensionComponentProps<string>) {
  const { formData = '', onChange, required, schema } = props;
  const problem = useObjectionTo(props.name);
  return (
    <TextField
      id={props.idSchema?.$id}
      name={props.name}
      label={schema.title ?? 'Name'}
      description={schema.description ?? 'Unique in its environment.'}
      isRequired={required}
      isDisabled={props.disabled}
      isReadOnly={props.readonly}
      isInvalid={(props.rawErrors?.length ?? 0) > 0 || undefined}
      validationBehavior="aria"
      validate={() => problem}
      value={formData}
      onChange={value => onChange(value || undefined)}
      autoComplete="off"
      spellCheck="false"
    />
  );
}
