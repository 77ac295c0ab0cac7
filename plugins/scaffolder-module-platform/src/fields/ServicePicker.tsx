import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { platformApiRef, useLive } from '@slipway/plugin-platform-react';
import type { ServiceSummary } from '@slipway/plugin-platform-common';
import { useObjectionTo } from '../plan/PlanContext';
import { FieldFrame } from './FieldFrame';
import { useOwnedTeams } from './useOwnedTeams';

/** Above so many, one can search among them. */
const FEW = 10;

/** The services that the signed-in person's teams own; the value is a name. */
export function ServicePicker(props: FieldExtensionComponentProps<string>) {
  const platformApi = useApi(platformApiRef);
  const teams = useOwnedTeams();
  const owner = teams.value?.map(({ ref }) => ref);
  const services = useLive({
    key: JSON.stringify({ owner }),
    query: async options =>
      owner?.length ? platformApi.listServices({ owner }, options) : [],
    matches: signal => signal.type === 'repository',
  });
  return (
    <FieldFrame
      live={
        owner
          ? services
          : { error: teams.error, data: undefined, refresh: teams.retry }
      }
      what="your services"
      nothing={({ length }) =>
        length === 0
          ? {
              title: 'Your teams own no service.',
              description:
                'There is nothing to choose from. What others own, its owners have to choose.',
            }
          : undefined
      }
    >
      {data => <Choice {...props} services={data} />}
    </FieldFrame>
  );
}

function Choice(
  props: FieldExtensionComponentProps<string> & { services: ServiceSummary[] },
) {
  const { formData, onChange, required, services, schema } = props;
  const problem = useObjectionTo(props.name);
  return (
    <Select
      id={props.idSchema?.$id}
      label={schema.title ?? 'Service'}
      description={schema.description ?? 'One that your teams own.'}
      search={services.length > FEW || undefined}
      options={services.map(({ service, description }) => ({
        id: service,
        label: service,
        description,
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
