import { Text } from '@backstage/ui';
import type { ResourceDefinition } from '@slipway/plugin-platform-common';
import type { JsonObject } from '@backstage/types';
import {
  DataTable,
  formatDuration,
  formatValue,
} from '@slipway/plugin-platform-react';
import styles from './environments.module.css';

const COLUMNS = ['Definition', 'Matches', 'Provider', 'Parameters', 'Lives'];

/** The definitions, each with what it matches, what makes it, with what, for how long, and where it stands. */
export function DefinitionTable(props: { definitions: ResourceDefinition[] }) {
  return (
    <DataTable columns={COLUMNS} label="Definitions">
      {props.definitions.map(definition => (
        <DefinitionRow key={definition.name} definition={definition} />
      ))}
    </DataTable>
  );
}

function DefinitionRow({ definition }: { definition: ResourceDefinition }) {
  const { name, description, source, match, provider } = definition;
  return (
    <tr>
      <th scope="row" data-wide>
        <strong>{name}</strong>
        {description && (
          <Text as="div" variant="body-small" color="secondary">
            {description}
          </Text>
        )}
        <code className={styles.source}>{source}</code>
      </th>
      <td data-wide>
        <Values values={match} />
      </td>
      <td data-label="by">{provider}</td>
      <td data-wide>
        <Values word="fixed" values={definition.parameters} />
        <Values word="unless told" values={definition.defaults} />
        <Values word="at most" values={definition.maximum} />
      </td>
      <td data-label="lives">
        <Life definition={definition} />
      </td>
    </tr>
  );
}

function Values(props: { values: JsonObject; word?: string }) {
  const { values, word } = props;
  const entries = Object.entries(values);
  return entries.length === 0 ? undefined : (
    <div className={styles.values}>
      {word && <span>{word}:</span>}
      {entries.map(([name, value]) => (
        <span key={name}>
          <span className={styles.nothing}>{name}</span>{' '}
          <code className={styles.value}>{formatValue(value)}</code>
        </span>
      ))}
    </div>
  );
}

function Life(props: { definition: ResourceDefinition }) {
  const { timeToLive, retentionMs } = props.definition;
  return (
    <>
      <span className={styles.life}>
        {timeToLive
          ? `${formatDuration(timeToLive.defaultMs)}, at most ${formatDuration(timeToLive.maximumMs)}`
          : 'for ever'}
      </span>
      {retentionMs > 0 && (
        <span className={styles.life}>
          restorable for {formatDuration(retentionMs)}
        </span>
      )}
    </>
  );
}
