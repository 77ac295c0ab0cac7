import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Text, TextField } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { platformApiRef } from '@slipway/plugin-platform-react';
import { explainUnusableName } from './explainUnusableName';

/** How long after the last key the name is checked, in milliseconds. */
const TYPING_PAUSE = 300;

interface Verdict {
  name: string;
  problem?: string;
}

/** A text field that says while one types whether a service can have the name. */
export function ServiceName(props: FieldExtensionComponentProps<string>) {
  const { formData = '', onChange, rawErrors, required, schema } = props;
  const verdict = useVerdict(formData);
  const problem = verdict?.problem;
  // After "Next" the form itself writes the problem below the field; once is enough.
  const isSaid = problem !== undefined && rawErrors?.includes(problem);

  return (
    <div>
      <TextField
        id={props.idSchema?.$id}
        name="name"
        label={schema.title ?? 'Name'}
        description={
          schema.description ??
          'Names the service, its repository and its address.'
        }
        isRequired={required}
        isDisabled={props.disabled}
        isReadOnly={props.readonly}
        isInvalid={isSaid || undefined}
        validationBehavior="aria"
        validate={() => (isSaid ? undefined : problem)}
        value={formData}
        onChange={value => onChange(value || undefined)}
        autoComplete="off"
        spellCheck="false"
      />
      <div role="status">
        {verdict && problem === undefined && (
          <Text as="p" variant="body-small" color="success">
            “{verdict.name}” is free.
          </Text>
        )}
      </div>
    </div>
  );
}

function useVerdict(name: string): Verdict | undefined {
  const platformApi = useApi(platformApiRef);
  const [verdict, setVerdict] = useState<Verdict>();

  useEffect(() => {
    if (!name) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(async () => {
      const problem = await explainUnusableName(platformApi, name, { signal });
      if (!signal.aborted) {
        setVerdict({ name, problem });
      }
    }, TYPING_PAUSE);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [name, platformApi]);

  return verdict?.name === name ? verdict : undefined;
}
