import {
  Checkbox,
  CheckboxGroup,
  NumberField,
  Select,
  Switch,
  TextField,
} from '@backstage/ui';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { ParameterField } from './parameterFields';

/** A field for each parameter that people may choose. */
export function ParameterFields(props: {
  fields: ParameterField[];
  values: JsonObject;
  onChange(name: string, value: JsonValue): void;
}) {
  const { fields, values, onChange } = props;
  return (
    <>
      {fields.map(field => (
        <Field
          key={field.name}
          field={field}
          value={values[field.name]}
          onChange={value => onChange(field.name, value)}
        />
      ))}
    </>
  );
}

function Field(props: {
  field: ParameterField;
  value: JsonValue | undefined;
  onChange(value: JsonValue): void;
}) {
  const { field, value, onChange } = props;
  const { title: label, description, options, minimum, maximum } = field;
  switch (field.kind) {
    case 'number':
      return (
        <NumberField
          label={label}
          description={description}
          secondaryLabel={maximum === undefined ? '' : `at most ${maximum}`}
          value={typeof value === 'number' ? value : NaN}
          minValue={minimum}
          maxValue={maximum}
          onChange={number => !Number.isNaN(number) && onChange(number)}
        />
      );
    case 'flag':
      return (
        <Switch label={label} isSelected={value === true} onChange={onChange} />
      );
    case 'choice':
      return (
        <Select
          label={label}
          description={description}
          options={options.map(option => ({ value: option, label: option }))}
          selectedKey={typeof value === 'string' ? value : null}
          onSelectionChange={key => onChange(String(key))}
        />
      );
    case 'choices':
      return (
        <CheckboxGroup
          label={label}
          description={description}
          value={
            Array.isArray(value)
              ? value.filter(item => typeof item === 'string')
              : []
          }
          onChange={onChange}
        >
          {options.map(option => (
            <Checkbox key={option} value={option}>
              {option}
            </Checkbox>
          ))}
        </CheckboxGroup>
      );
    default:
      return (
        <TextField
          label={label}
          description={description}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
        />
      );
  }
}
