import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Radio, RadioGroup, Text } from '@backstage/ui';
import type { ResourceOffer } from '@slipway/plugin-platform-common';
import { useEffect } from 'react';
import { useObjectionTo } from '../plan/PlanContext';
import { describeOffer } from './describeOffer';
import { FieldFrame } from './FieldFrame';
import styles from './ResourceClassPicker.module.css';
import { useOffers } from './useOffers';

/** What a template says about {@link ResourceClassPicker}. */
export interface ResourceClassPickerOptions {
  /** The resource type. */
  type?: string;
  /** The parameter that holds the environment; left out, `environment`. */
  environment?: string;
}

type Props = FieldExtensionComponentProps<string, ResourceClassPickerOptions>;

/** The classes of a resource type in the environment that was chosen, each with what one gets; where there is one only, it is chosen already. */
export function ResourceClassPicker(props: Props) {
  const { type, environment: parameter = 'environment' } =
    props.uiSchema['ui:options'] ?? {};
  const environment: string | undefined =
    props.formContext?.formData?.[parameter];
  const offers = useOffers(type);
  const label = props.schema.title ?? 'Size';
  if (!environment) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {label}: choose the environment first, it says which sizes there are.
      </Text>
    );
  }
  const here = offers.data?.offers.filter(
    offer => offer.environment === environment,
  );
  return (
    <FieldFrame
      live={{ ...offers, data: here }}
      what="the sizes"
      nothing={({ length }) =>
        length === 0
          ? {
              title: `${environment} offers no ${type}.`,
              description:
                'Choose another environment, or ask the platform team to offer it here.',
            }
          : undefined
      }
    >
      {data => <Choice {...props} label={label} offers={data} />}
    </FieldFrame>
  );
}

function Choice(props: Props & { label: string; offers: ResourceOffer[] }) {
  const { formData, onChange, label, offers, required, schema } = props;
  const problem = useObjectionTo(props.name);
  const isOffered = offers.some(offer => offer.class === formData);
  const only = offers.length === 1 ? offers[0].class : undefined;
  useEffect(() => {
    // What another environment offered may not be had in this one.
    if (!isOffered && (formData !== undefined || only !== undefined)) {
      onChange(only);
    }
  }, [formData, isOffered, only, onChange]);
  return (
    <RadioGroup
      label={label}
      description={schema.description}
      value={formData ?? null}
      onChange={onChange}
      isRequired={required}
      isDisabled={props.disabled}
      isInvalid={(props.rawErrors?.length ?? 0) > 0 || undefined}
      validationBehavior="aria"
      validate={() => problem}
    >
      {offers.map(offer => (
        <Radio key={offer.class} value={offer.class} className={styles.offer}>
          <span className={styles.text}>
            <span className={styles.name}>{offer.class}</span>
            {offer.description && <span>{offer.description}</span>}
            <span className={styles.limits}>{describeOffer(offer)}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
