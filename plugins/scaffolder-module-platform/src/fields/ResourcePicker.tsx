import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Select } from '@backstage/ui';
import { platformApiRef, useLive } from '@slipway/plugin-platform-react';
import type { Resource, ResourceState } from '@slipway/plugin-platform-common';
import { useObjectionTo } from '../plan/PlanContext';
import { FieldFrame } from './FieldFrame';
import { useOwnedTeams } from './useOwnedTeams';

/** What a template may say about {@link ResourcePicker}. */
export interface ResourcePickerOptions {
  /** Only resources of this type. */
  type?: string;
  /** The parameter that holds the environment; left out, those of all environments. */
  environment?: string;
}

type Props = FieldExtensionComponentProps<string, ResourcePickerOptions>;

/** Those that are there and that something can be done with. */
const THERE: ResourceState[] = ['ready', 'changing', 'failed'];
/** The most that are offered; whoever has more searches on the page of resources. */
const MOST = 200;
/** Above so many, one can search among them. */
const FEW = 10;

/** The resources that the signed-in person's teams own; the value is an id. */
export function ResourcePicker(props: Props) {
  const platformApi = useApi(platformApiRef);
  const { type, environment: parameter } = props.uiSchema['ui:options'] ?? {};
  const environment: string | undefined =
    parameter && props.formContext?.formData?.[parameter];
  const teams = useOwnedTeams();
  const owner = teams.value?.map(({ ref }) => ref);
  const resources = useLive({
    key: JSON.stringify({ type, environment, owner }),
    query: async options =>
      owner?.length
        ? (
            await platformApi.listResources(
              { type, environment, owner, state: THERE, limit: MOST },
              options,
            )
          ).items
        : [],
    matches: signal => signal.type === 'resource',
  });
  return (
    <FieldFrame
      live={
        owner
          ? resources
          : { error: teams.error, data: undefined, refresh: teams.retry }
      }
      what="your resources"
      nothing={({ length }) =>
        length === 0
          ? {
              title: `Your teams own no ${type ?? 'resource'}${environment ? ` in ${environment}` : ''}.`,
              description:
                'There is nothing to choose from. What others own, its owners have to choose.',
            }
          : undefined
      }
    >
      {data => <Choice {...props} resources={data} />}
    </FieldFrame>
  );
}

function Choice(props: Props & { resources: Resource[] }) {
  const { formData, onChange, required, resources, schema } = props;
  const problem = useObjectionTo(props.name);
  return (
    <Select
      id={props.idSchema?.$id}
      label={schema.title ?? 'Resource'}
      description={schema.description ?? 'One that your teams own.'}
      search={resources.length > FEW || undefined}
      options={resources.map(resource => ({
        id: resource.id,
        label: `${resource.name} in ${resource.environment}`,
        description: describe(resource),
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

function describe({ type, connections, state }: Resource): string {
  const services = [...new Set(connections.map(({ service }) => service))];
  return [
    type,
    services.length > 0 ? `used by ${services.join(', ')}` : 'used by nothing',
    ...(state === 'ready' ? [] : [state]),
  ].join(' · ');
}
