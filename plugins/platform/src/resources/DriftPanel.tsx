import { Text } from '@backstage/ui';
import type { Drift } from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { Panel, TimeAgo } from '@slipway/plugin-platform-react';
import { FieldList } from '../decisions';
import styles from './resources.module.css';

/** How what is there differs from what was asked for, and what can be done about it. */
export function DriftPanel(props: { drift: Drift; actions?: ReactNode }) {
  const { drift, actions } = props;
  return (
    <Panel
      title="Drift"
      aside={
        <>
          seen <TimeAgo at={drift.since} />
        </>
      }
    >
      <Text as="p" variant="body-medium">
        {drift.missing
          ? 'It is gone: somebody took it away without the platform.'
          : 'Somebody changed it without the platform.'}
      </Text>
      {drift.fields.length > 0 && (
        <FieldList
          fields={drift.fields}
          words={{ from: 'is', to: 'should be' }}
        />
      )}
      {actions && <div className={styles.buttons}>{actions}</div>}
    </Panel>
  );
}
