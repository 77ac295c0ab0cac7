import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Alert, Button, Select, Skeleton } from '@backstage/ui';
import { useEffect } from 'react';
import { useObjectionTo } from '../plan/PlanContext';
import { useOwnedTeams } from './useOwnedTeams';

/** A list of the teams the signed-in person belongs to; where there is one only, it is chosen already. */
export function OwnedTeamPicker(props: FieldExtensionComponentProps<string>) {
  const { formData, onChange, required, schema } = props;
  const { value: teams, error, retry } = useOwnedTeams();
  const problem = useObjectionTo(props.name);

  const onlyTeam = teams?.length === 1 ? teams[0].ref : undefined;
  useEffect(() => {
    if (onlyTeam && !formData) {
      onChange(onlyTeam);
    }
  }, [formData, onChange, onlyTeam]);

  if (error) {
    return (
      <Alert
        status="danger"
        icon
        role="alert"
        title="Your teams could not be loaded."
        description={error.message}
        customActions={
          <Button size="small" variant="secondary" onPress={retry}>
            Try again
          </Button>
        }
      />
    );
  }
  if (!teams) {
    return (
      <div role="status" aria-label="Loading your teams">
        <Skeleton width="100%" height={40} />
      </div>
    );
  }
  if (teams.length === 0) {
    return (
      <Alert
        status="warning"
        icon
        role="alert"
        title="You belong to no team, and every service needs one that owns it."
        description="Ask the platform team to add you to your team's group in the catalog, then sign in again."
      />
    );
  }
  return (
    <Select
      id={props.idSchema?.$id}
      label={schema.title ?? 'Owner'}
      description={
        schema.description ?? 'The team that will own it: one you belong to.'
      }
      options={teams.map(({ ref, title }) => ({ id: ref, label: title }))}
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
