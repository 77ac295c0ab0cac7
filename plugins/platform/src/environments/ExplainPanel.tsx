import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  EnvironmentsView,
  Explanation,
  ResourceDefinition,
  ResourceMatch,
} from '@slipway/plugin-platform-common';
import {
  FilterBar,
  formatValue,
  LiveView,
  Panel,
  platformApiRef,
  useChoices,
  useLive,
} from '@slipway/plugin-platform-react';
import { ExplainList } from '../resources/ExplainList';
import styles from './environments.module.css';

/** The class of whoever names none. */
const DEFAULT_CLASS = 'default';

/** What stands for a request that doesn't say it. */
const ANY = 'any';

/** What few definitions are for. */
const FURTHER = [
  { name: 'owner', label: 'Owner' },
  { name: 'service', label: 'Service' },
  { name: 'id', label: 'Name' },
] as const;

const NOTHING_FURTHER = { owner: undefined, service: undefined, id: undefined };

/** Asks for a type, class and environment, and says which definition would make such a resource, and why. */
export function ExplainPanel(props: { view: EnvironmentsView }) {
  const { environments, definitions } = props.view;
  const { choices, choose } = useChoices<Partial<ResourceMatch>>();
  const matches = definitions.map(({ match }) => match);
  const types = valuesOf(matches, 'type');
  const type = choices.type ?? types[0];
  const ofType = matches.filter(match => match.type === type);
  const classes = [...valuesOf(ofType, 'class'), DEFAULT_CLASS];
  const environment = choices.environment ?? environments[0]?.name;
  if (type === undefined || environment === undefined) {
    return undefined;
  }
  const request: ResourceMatch = {
    ...choices,
    type,
    environment,
    class: choices.class ?? classes[0],
  };
  // Asked for only where it could make a difference.
  const further = FURTHER.flatMap(({ name, label }) => {
    const values = valuesOf(ofType, name);
    return values.length === 0
      ? []
      : [
          {
            name,
            label,
            options: optionsOf([ANY, ...values]),
            value: request[name] ?? ANY,
          },
        ];
  });
  return (
    <Panel title="Which definition wins?" aside="the most specific match">
      <div className={styles.explain}>
        <FilterBar
          label="What to explain"
          filters={[
            {
              name: 'type',
              label: 'Type',
              options: optionsOf(types),
              value: request.type,
            },
            {
              name: 'class',
              label: 'Class',
              options: optionsOf(classes),
              value: request.class,
            },
            {
              name: 'environment',
              label: 'Environment',
              options: environments.map(({ name, title }) => ({
                value: name,
                label: title,
              })),
              value: request.environment,
            },
            ...further,
          ]}
          onChoose={(name, value) =>
            choose(
              name === 'type'
                ? { ...NOTHING_FURTHER, type: value, class: undefined }
                : { [name]: value === ANY ? undefined : value },
            )
          }
        />
        <Answer request={request} />
      </div>
    </Panel>
  );
}

function valuesOf(
  matches: ResourceDefinition['match'][],
  key: keyof ResourceDefinition['match'],
): string[] {
  return [...new Set(matches.flatMap(match => match[key] ?? []))];
}

function optionsOf(values: string[]) {
  return values.map(value => ({ value, label: value }));
}

function Answer({ request }: { request: ResourceMatch }) {
  const platformApi = useApi(platformApiRef);
  const live = useLive({
    key: JSON.stringify(request),
    matches: ({ type }) => type === 'environments',
    query: options => platformApi.explainResource(request, options),
  });
  return (
    <div aria-live="polite">
      <LiveView live={live} what="the explanation">
        {explanation => (
          <>
            <Verdict explanation={explanation} />
            <ExplainList explanation={explanation} />
          </>
        )}
      </LiveView>
    </div>
  );
}

function Verdict({ explanation }: { explanation: Explanation }) {
  const { definition, provider, parameters = {}, request } = explanation;
  return (
    <Text as="p" variant="body-medium">
      {definition === undefined ? (
        <>
          Nothing is defined for {request.type} {request.class} in{' '}
          {request.environment}: nobody can ask for it.
        </>
      ) : (
        <>
          <strong>{definition}</strong> makes it with {provider}
          {Object.entries(parameters).map(([name, value]) => (
            <span key={name}>
              , {name}{' '}
              <code className={styles.value}>{formatValue(value)}</code>
            </span>
          ))}
          .
        </>
      )}
    </Text>
  );
}
