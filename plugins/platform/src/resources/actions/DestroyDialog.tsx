import { Alert, Checkbox, Text } from '@backstage/ui';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import { ServiceLinks } from '../ServiceLinks';
import { PlanDialog, type ActionDialogProps } from './PlanDialog';

/** Says who still uses a resource, and what would be lost with it, and destroys it. */
export function DestroyDialog(props: ActionDialogProps) {
  const { id, name, environment, connections } = props.resource;
  const [withConnected, setWithConnected] = useState(false);
  const isConnected = connections.length > 0;
  const request = {
    kind: RESOURCE_RUN_KINDS.destroy,
    input: { resourceId: id, ...(isConnected && { withConnected }) },
  };
  return (
    <PlanDialog
      {...props}
      title={`Destroy ${name}?`}
      confirmLabel="Destroy"
      destructive
      asksForName="where-data-is-lost"
      request={isConnected && !withConnected ? undefined : request}
    >
      {isConnected ? (
        <>
          <Alert
            status="warning"
            icon
            title={
              <>
                In use in {environment} by{' '}
                <ServiceLinks
                  services={connections.map(({ service }) => service)}
                />
              </>
            }
            description="It can't go while a service needs it. Take it out of the score.yaml and deploy that, or take the services down with it."
          />
          <Checkbox isSelected={withConnected} onChange={setWithConnected}>
            These go too, in {environment}
          </Checkbox>
        </>
      ) : (
        <Text as="p" variant="body-medium">
          No service uses it.
        </Text>
      )}
    </PlanDialog>
  );
}
