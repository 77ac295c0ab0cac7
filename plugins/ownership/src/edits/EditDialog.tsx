import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { Select, Text, TextAreaField, TextField } from '@backstage/ui';
import { ConfirmDialog, platformApiRef } from '@slipway/plugin-platform-react';
import { useState } from 'react';
import { changesOf, type Details, detailsOf } from './detailsOf';
import styles from './edits.module.css';

const LIFECYCLES = ['experimental', 'production', 'deprecated'];
const TIERS = [
  { value: '', label: 'Not said' },
  { value: '1', label: '1, nothing works without it' },
  { value: '2', label: '2, much does not work without it' },
  { value: '3', label: '3, some things are harder without it' },
  { value: '4', label: '4, hardly anybody notices' },
];

/** Changes what an entity says of itself, by a merge request. */
export function EditDialog(props: {
  entity: Entity;
  entityRef: string;
  onProposed(): void;
  onClose(): void;
}) {
  const { entity, entityRef, onProposed, onClose } = props;
  const platformApi = useApi(platformApiRef);
  const [before] = useState(() => detailsOf(entity));
  const [details, setDetails] = useState(before);
  const changes = changesOf(before, details);
  const set = (name: keyof Details) => (value: string) =>
    setDetails(old => ({ ...old, [name]: value }));
  const field = (name: keyof Details) => ({
    value: details[name],
    onChange: set(name),
  });

  return (
    <ConfirmDialog
      title={`Edit ${entity.metadata.title ?? entity.metadata.name}`}
      confirmLabel="Propose"
      width={640}
      isRefused={Object.keys(changes).length === 0}
      onClose={onClose}
      onConfirm={async () => {
        await platformApi.editEntity({ entityRef, changes });
        onProposed();
      }}
    >
      <Text as="p">
        This opens a merge request. It counts once somebody of your team has
        approved it and it is merged.
      </Text>
      <div className={styles.form}>
        <TextField label="Title" {...field('title')} />
        <TextAreaField label="Description" rows={2} {...field('description')} />
        <div className={styles.pair}>
          {before.lifecycle !== '' && (
            <Select
              label="Lifecycle"
              options={LIFECYCLES.map(value => ({ value, label: value }))}
              selectedKey={details.lifecycle}
              onSelectionChange={chosen => set('lifecycle')(String(chosen))}
            />
          )}
          <Select
            label="Tier"
            options={TIERS}
            selectedKey={details.tier}
            onSelectionChange={chosen => set('tier')(String(chosen))}
          />
        </div>
        <TextField
          label="Technical lead"
          description="user:default/name"
          {...field('technicalLead')}
        />
        <TextField
          label="On call"
          description="The name of a rotation, or user:default/name"
          {...field('onCall')}
        />
        <TextField
          label="Security contact"
          description="A person, a group, or an email address"
          {...field('securityContact')}
        />
        <TextField label="Runbook" {...field('runbook')} />
        <TextField
          label="Tags"
          description="With commas between them"
          {...field('tags')}
        />
        <TextAreaField
          label="Links"
          description="A line each: the address, then what it is called"
          rows={3}
          {...field('links')}
        />
      </div>
    </ConfirmDialog>
  );
}
