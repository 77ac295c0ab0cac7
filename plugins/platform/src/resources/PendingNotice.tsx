import { Button, Text } from '@backstage/ui';
import type { FieldChange, Resource } from '@slipway/plugin-platform-common';
import { Panel } from '@slipway/plugin-platform-react';
import { FieldList } from '../decisions';
import { useEnvironmentsView } from '../environments/useEnvironmentsView';
import styles from './resources.module.css';

/** What the definitions would change in a resource since it was made; `undefined` where they wouldn't. */
export function usePending(
  resource: Pick<Resource, 'id'> | undefined,
): FieldChange[] | undefined {
  const { data } = useEnvironmentsView();
  return data?.pending.find(({ resourceId }) => resourceId === resource?.id)
    ?.fields;
}

/** Says that its definition has changed since a resource was made, and what that would change in it. */
export function PendingNotice(props: {
  definition: string;
  fields: FieldChange[];
  /** Missing where the reader can't. */
  onApply?: () => void;
}) {
  const { definition, fields, onApply } = props;
  return (
    <Panel title="Its definition has changed" aside={definition}>
      <Text as="p" variant="body-medium">
        Nothing changes here until somebody applies it.
      </Text>
      <FieldList fields={fields} />
      {onApply && (
        <div className={styles.buttons}>
          <Button variant="primary" size="small" onPress={onApply}>
            Apply
          </Button>
        </div>
      )}
    </Panel>
  );
}
