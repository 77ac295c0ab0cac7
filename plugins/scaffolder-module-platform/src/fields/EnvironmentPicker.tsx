import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { platformApiRef, useLive } from '@slipway/plugin-platform-react';
import type { Environment } from '@slipway/plugin-platform-common';
import { useObjectionTo } from '../plan/PlanContext';
import { FieldFrame } from './FieldFrame';
import { useOffers } from './useOffers';

/** What a template may say about {@link EnvironmentPicker}. */
export interface EnvironmentPickerOptions {
  /** Only environments that offer this resource type can be chosen. */
  type?: string;
}

/** A list of the environments, in the order of promotion; those that are protected say so. */
export function EnvironmentPicker(
  props: FieldExtensionComponentProps<string, EnvironmentPickerOptions>,
) {
  const platformApi = useApi(platformApiRef);
  const { type } = props.uiSchema['ui:options'] ?? {};
  const environments = useLive({
    key: 'environments',
    query: options => platformApi.listEnvironments(options),
    matches: signal => signal.type === 'environments',
  });
  return (
    <FieldFrame
      live={environments}
      what="the environments"
      nothing={({ length }) =>
        length === 0
          ? {
              title: 'There are no environments yet.',
              description: 'Ask the platform team to describe one.',
            }
          : undefined
      }
    >
      {data => <Choice {...props} environments={data} type={type} />}
    </FieldFrame>
  );
}

function Choice(
  props: FieldExtensionComponentProps<string, EnvironmentPickerOptions> & {
    environments: Environment[];
    type?: string;
  },
) {
  const { environments, type, formData, onChange, required, schema } = props;
  const problem = useObjectionTo(props.name);
  const { data: offers } = useOffers(type);
  const offering = new Set(offers?.offers.map(offer => offer.environment));
  const chosen = environments.find(({ name }) => name === formData);
  const isMissing = ({ name }: Environment) =>
    offers !== undefined && !offering.has(name);
  return (
    <Select
      id={props.idSchema?.$id}
      label={schema.title ?? 'Environment'}
      description={
        chosen?.protected
          ? `${chosen.title} is protected: a second person of the owning team has to agree before anything is made.`
          : (schema.description ?? 'Where it is made.')
      }
      options={environments.map(environment => ({
        id: environment.name,
        label: environment.title,
        description: describe(environment, isMissing(environment), type),
        disabled: isMissing(environment),
      }))}
      value={formData ?? null}
      onChange={key => onChange(key === null ? undefined : String(key))}
      isRequired={required}
      isDisabled={props.disabled}
      isInvalid={(props.rawErrors?.length ?? 0) > 0 || undefined}
      validationBehavior="aria"
      validate={() => problem}
    />
  );
}

function describe(
  environment: Environment,
  isMissing: boolean,
  type: string | undefined,
): string | undefined {
  if (isMissing) {
    return `Offers no ${type}`;
  }
  return environment.protected
    ? 'Protected: a second person has to agree'
    : undefined;
}
