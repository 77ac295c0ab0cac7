import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type {
  EnvironmentsView,
  Explanation,
  ResourceMatch,
} from '@slipway/plugin-platform-common';
import { platformApiRef } from '../api';
import { FilterBar, LiveView, Panel } from '../components';
import { formatValue } from '../format';
import { useLive } from '../live';
import { ExplainList } from '../resources/ExplainList';
import { useChoices } from '../routes';
import styles from './environments.module.css';

/** The class of whoever names none. */
const DEFAULT_CLASS = 'default';

/** Asks for a type, class and environment, and says which definition would make such a resource, and why. */
export function ExplainPanel(props: { view: EnvironmentsView }) {
  const { environments, definitions } = props.view;
  const { choices, choose } = useChoices<Partial<ResourceMatch>>();
  const types = unique(definitions.map(({ match }) => match.type));
  const type = choices.type ?? types[0];
  const classes = unique([
    ...definitions.flatMap(({ match }) =>
      match.type === type && match.class !== undefined ? [match.class] : [],
    ),
    DEFAULT_CLASS,
  ]);
  const environment = choices.environment ?? environments[0]?.name;
  if (type === undefined || environment === undefined) {
    return undefined;
  }
  const request = { type, environment, class: choices.class ?? classes[0] };
  const optionsOf = (values: string[]) =>
    values.map(value => ({ value, label: value }));
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
          ]}
          onChoose={(name, value) =>
            choose({
              [name]: value,
              ...(name === 'type' && { class: undefined }),
            })
          }
        />
        <Answer request={request} />
      </div>
    </Panel>
  );
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

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
