import { Text } from '@backstage/ui';
import {
  RESOURCE_RUN_KINDS,
  type Resource,
} from '@slipway/plugin-platform-common';
import type { ReactNode } from 'react';
import { TimeLeft } from '@slipway/plugin-platform-react';
import type { ResourceAction } from './actionsFor';
import { DestroyDialog } from './DestroyDialog';
import { ExtendDialog } from './ExtendDialog';
import { PlanDialog, type ActionDialogProps } from './PlanDialog';
import { ResizeDialog } from './ResizeDialog';

/** An action that needs nothing but a yes. */
interface PlainAction {
  kind: string;
  title(name: string): string;
  confirmLabel: string;
  about(resource: Resource): ReactNode;
  destructive?: boolean;
  asksForName?: 'always' | 'where-data-is-lost';
}

type FormAction = 'resize' | 'extend' | 'destroy' | 'check';

const PLAIN_ACTIONS: Record<
  Exclude<ResourceAction, FormAction>,
  PlainAction
> = {
  rotate: {
    kind: RESOURCE_RUN_KINDS.rotate,
    title: name => `Rotate the credentials of ${name}?`,
    confirmLabel: 'Rotate',
    about: ({ connections }) =>
      connections.length === 0
        ? 'New credentials are issued, then the old ones are revoked. No service uses them now.'
        : `New credentials are issued, ${servicesOf(connections)} deployed with them, and only then are the old ones revoked. No request fails on the way.`,
  },
  reconcile: {
    kind: RESOURCE_RUN_KINDS.reconcile,
    title: name => `Reconcile ${name}?`,
    confirmLabel: 'Reconcile',
    about: () => 'Brings what is there back to what was asked for.',
    asksForName: 'where-data-is-lost',
  },
  'accept-drift': {
    kind: RESOURCE_RUN_KINDS.acceptDrift,
    title: name => `Accept ${name} as it is?`,
    confirmLabel: 'Accept',
    about: () =>
      'Makes what is there what was asked for. Nothing changes in the resource itself.',
  },
  apply: {
    kind: RESOURCE_RUN_KINDS.change,
    title: name => `Apply the definition to ${name}?`,
    confirmLabel: 'Apply',
    about: ({ definition }) =>
      `The definition ${definition} has changed since this was made. This makes it what the definition now says.`,
    asksForName: 'where-data-is-lost',
  },
  restore: {
    kind: RESOURCE_RUN_KINDS.restore,
    title: name => `Restore ${name}?`,
    confirmLabel: 'Restore',
    about: () => 'Gives access back, with everything in it as it was.',
  },
  purge: {
    kind: RESOURCE_RUN_KINDS.purge,
    title: name => `Purge ${name} now?`,
    confirmLabel: 'Purge',
    destructive: true,
    asksForName: 'always',
    about: ({ purgeAt }) => (
      <>
        Everything in it is lost for good, and nobody can bring it back.
        {purgeAt && (
          <>
            {' '}
            Left alone, that happens <TimeLeft until={purgeAt} />.
          </>
        )}
      </>
    ),
  },
};

/** Says what an action does to a resource, shows the plan, and asks. */
export function ActionDialog(
  props: ActionDialogProps & { action: Exclude<ResourceAction, 'check'> },
) {
  const { action, ...dialog } = props;
  switch (action) {
    case 'resize':
      return <ResizeDialog {...dialog} />;
    case 'extend':
      return <ExtendDialog {...dialog} />;
    case 'destroy':
      return <DestroyDialog {...dialog} />;
    default:
      return <PlainDialog {...dialog} plain={PLAIN_ACTIONS[action]} />;
  }
}

function PlainDialog({
  plain,
  ...dialog
}: ActionDialogProps & { plain: PlainAction }) {
  const { kind, title, about, ...rest } = plain;
  const { resource } = dialog;
  return (
    <PlanDialog
      {...dialog}
      {...rest}
      title={title(resource.name)}
      request={{ kind, input: { resourceId: resource.id } }}
    >
      <Text as="p" variant="body-medium">
        {about(resource)}
      </Text>
    </PlanDialog>
  );
}

function servicesOf(connections: Resource['connections']): string {
  const services = [...new Set(connections.map(({ service }) => service))];
  return `${services.join(', ')} ${services.length === 1 ? 'is' : 'are'}`;
}
