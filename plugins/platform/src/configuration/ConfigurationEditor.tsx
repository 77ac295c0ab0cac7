import { Alert, Button, Text } from '@backstage/ui';
import type {
  Configuration,
  Environment,
} from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  DataTable,
  EmptyNotice,
  Panel,
  StateBadge,
} from '@slipway/plugin-platform-react';
import { ApplyDialog } from './ApplyDialog';
import styles from './configuration.module.css';
import { type Draft, entriesOf, type Entry } from './draft';
import { EntryDialog } from './EntryDialog';

/** What is set, and the changes that are being made; they count once they are applied together. */
export function ConfigurationEditor(props: {
  configuration: Configuration;
  environment: Environment;
  onChanged(): void;
}) {
  const { configuration, environment, onChanged } = props;
  const [draft, setDraft] = useState<Draft>(new Map());
  const [editing, setEditing] = useState<Partial<Entry>>();
  const [isApplying, setIsApplying] = useState(false);
  const { missing, version } = configuration;
  const entries = entriesOf(configuration, draft);

  const change = (key: string, next: { value?: string; isSecret: boolean }) =>
    setDraft(new Map(draft).set(key, next));
  const takeBack = (key: string) => {
    const left = new Map(draft);
    left.delete(key);
    setDraft(left);
  };

  return (
    <Panel
      title={`In ${environment.title}`}
      aside={
        <>
          {version > 0 && (
            <Text variant="body-small" color="secondary">
              version {version}
            </Text>
          )}
          <Button
            size="small"
            variant="secondary"
            onPress={() => setEditing({})}
          >
            Add
          </Button>
        </>
      }
    >
      {missing.length > 0 && (
        <Alert
          status="warning"
          icon
          title={`score.yaml asks for ${missing.join(', ')}`}
          description="What serves has it no more, or never had: the next deployment fails until it is set."
        />
      )}
      {entries.length === 0 ? (
        <EmptyNotice title="Nothing is set here">
          Variables and secrets that the service is given in {environment.title}
          , beside what its score.yaml says.
        </EmptyNotice>
      ) : (
        <DataTable
          label={`Configuration in ${environment.title}`}
          columns={['Name', 'Value', 'Pending', 'Actions']}
        >
          {entries.map(entry => (
            <EntryRow
              key={entry.key}
              entry={entry}
              onEdit={() => setEditing(entry)}
              onRemove={() =>
                entry.isSet
                  ? change(entry.key, { isSecret: entry.isSecret })
                  : takeBack(entry.key)
              }
              onTakeBack={() => takeBack(entry.key)}
            />
          ))}
        </DataTable>
      )}
      {draft.size > 0 && (
        <div className={styles.apply} role="status">
          <Text variant="body-small" weight="bold">
            {draft.size === 1 ? '1 change' : `${draft.size} changes`} not
            applied yet
          </Text>
          <Button
            size="small"
            variant="secondary"
            onPress={() => setDraft(new Map())}
          >
            Discard
          </Button>
          <Button
            size="small"
            variant="primary"
            onPress={() => setIsApplying(true)}
          >
            Apply
          </Button>
        </div>
      )}
      {editing && (
        <EntryDialog
          entry={editing}
          taken={entries.map(({ key }) => key)}
          onDone={(key, value, isSecret) => {
            change(key, { value, isSecret });
            setEditing(undefined);
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {isApplying && (
        <ApplyDialog
          configuration={configuration}
          environment={environment}
          draft={draft}
          onApplied={() => {
            setDraft(new Map());
            onChanged();
          }}
          onClose={() => setIsApplying(false)}
        />
      )}
    </Panel>
  );
}

function EntryRow(props: {
  entry: Entry;
  onEdit(): void;
  onRemove(): void;
  onTakeBack(): void;
}) {
  const { entry, onEdit, onRemove, onTakeBack } = props;
  const { key, pending } = entry;
  const isRemoved = pending === 'removed';
  return (
    <tr>
      <th scope="row">
        <code>{key}</code>
      </th>
      <td data-wide className={isRemoved ? styles.removed : undefined}>
        {entry.isSecret ? (
          <Text variant="body-small" color="secondary">
            secret, never shown
          </Text>
        ) : (
          <code className={styles.value}>{entry.next ?? entry.value}</code>
        )}
      </td>
      <td>{pending && <StateBadge state={pending} label={pending} />}</td>
      <td className={styles.actions}>
        {pending && entry.isSet ? (
          <Button
            size="small"
            variant="tertiary"
            aria-label={`Leave ${key} as it is`}
            onPress={onTakeBack}
          >
            Leave it
          </Button>
        ) : (
          <>
            <Button
              size="small"
              variant="tertiary"
              aria-label={`Change ${key}`}
              onPress={onEdit}
            >
              Change
            </Button>
            <Button
              size="small"
              variant="tertiary"
              aria-label={`Remove ${key}`}
              onPress={onRemove}
            >
              Remove
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}
