import { Select, Text } from '@backstage/ui';
import type { JsonObject, JsonValue } from '@backstage/types';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { formatValue } from '@slipway/plugin-platform-react';
import { parameterFields } from './parameterFields';
import { ParameterFields } from './ParameterFields';
import { PlanDialog, type ActionDialogProps } from './PlanDialog';
import { useOffers } from './useOffers';

/** Asks what a resource shall be instead: its class, and what its definition leaves to people. */
export function ResizeDialog(props: ActionDialogProps) {
  const { resource } = props;
  const { type, offers } = useOffers(resource);
  const [className, setClassName] = useState(resource.class);
  const [changed, setChanged] = useState<JsonObject>({});
  const offer = offers.find(each => each.class === className);
  const fields = type && offer ? parameterFields(type.parameters, offer) : [];

  const setParameter = (name: string, value: JsonValue) =>
    setChanged(old => {
      const { [name]: _, ...others } = old;
      return formatValue(value) === formatValue(resource.parameters[name])
        ? others
        : { ...others, [name]: value };
    });

  const hasParameters = Object.keys(changed).length > 0;
  const isChanged = className !== resource.class || hasParameters;
  return (
    <PlanDialog
      {...props}
      title={`Resize ${resource.name}?`}
      confirmLabel="Resize"
      asksForName="where-data-is-lost"
      request={
        isChanged
          ? {
              kind: RESOURCE_RUN_KINDS.change,
              input: {
                resourceId: resource.id,
                ...(className !== resource.class && { class: className }),
                ...(hasParameters && { parameters: changed }),
              },
            }
          : undefined
      }
    >
      <Select
        label="Class"
        description={offer?.description}
        options={offers.map(each => ({
          value: each.class,
          label:
            each.class === resource.class
              ? `${each.class}, as it is`
              : each.class,
        }))}
        selectedKey={className}
        onSelectionChange={key => {
          setClassName(String(key));
          setChanged({});
        }}
      />
      <ParameterFields
        fields={fields}
        values={{ ...resource.parameters, ...changed }}
        onChange={setParameter}
      />
      {!isChanged && (
        <Text as="p" variant="body-small" color="secondary">
          Choose what it shall be to see what that would change.
        </Text>
      )}
    </PlanDialog>
  );
}
