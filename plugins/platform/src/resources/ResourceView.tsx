import { Button } from '@backstage/ui';
import type { Resource } from '@slipway/plugin-platform-common';
import { useState } from 'react';
import {
  EntityLink,
  formatDuration,
  PageFrame,
  StateBadge,
  useSelf,
} from '@slipway/plugin-platform-react';
import { usePlatformLinks } from '../routes';
import { ActionDialog } from './actions/ActionDialog';
import { actionsFor, type ResourceAction } from './actions/actionsFor';
import { ResourceActions } from './actions/ResourceActions';
import { useExtend } from './actions/useExtend';
import { useOffers } from './actions/useOffers';
import { ConnectionsPanel } from './ConnectionsPanel';
import { DriftPanel } from './DriftPanel';
import { FactsPanel } from './FactsPanel';
import { HistoryPanel } from './HistoryPanel';
import { OutputsPanel } from './OutputsPanel';
import { PendingNotice, usePending } from './PendingNotice';
import { ResourceNotices } from './ResourceNotices';
import { badgeOf } from './resourceStates';
import styles from './resources.module.css';
import { WhyPanel } from './WhyPanel';

/** A resource: how it stands, what it is and offers, who uses it, what happened to it, and what can be done with it. */
export function ResourceView(props: { resource: Resource; onChanged(): void }) {
  const { resource, onChanged } = props;
  const { name, owner, environment, drift } = resource;
  const links = usePlatformLinks();
  const self = useSelf();
  const { type } = useOffers(resource);
  const pending = usePending(resource);
  const extend = useExtend(resource, onChanged);
  const [asking, setAsking] = useState<Exclude<ResourceAction, 'check'>>();
  const [isWhyOpen, setWhyOpen] = useState(false);
  const isOwn = self?.ownershipEntityRefs.includes(owner) ?? false;
  const actions = isOwn ? actionsFor(resource, type?.abilities ?? []) : [];
  const can = (action: ResourceAction) => actions.includes(action);

  return (
    <PageFrame
      title={name}
      crumbs={[{ label: 'Resources', href: links.resources() }]}
      badge={<StateBadge {...badgeOf(resource)} dot />}
      subtitle={
        <>
          {type?.title ?? resource.type}, {resource.class}, in {environment} ·
          belongs to <EntityLink entityRef={owner} />
        </>
      }
      actions={
        <ResourceActions
          resource={resource}
          actions={actions}
          hasOther={
            drift !== undefined ||
            pending !== undefined ||
            resource.state === 'failed'
          }
          onAsk={setAsking}
          onChecked={onChanged}
        />
      }
    >
      <ResourceNotices
        resource={resource}
        isOwn={isOwn || self === undefined}
        onChanged={onChanged}
      />
      {drift && (
        <DriftPanel
          drift={drift}
          actions={
            <>
              {can('reconcile') && (
                <Button
                  variant="primary"
                  size="small"
                  onPress={() => setAsking('reconcile')}
                >
                  Reconcile
                </Button>
              )}
              {can('accept-drift') && (
                <Button
                  variant="secondary"
                  size="small"
                  onPress={() => setAsking('accept-drift')}
                >
                  Accept
                </Button>
              )}
            </>
          }
        />
      )}
      {pending && (
        <PendingNotice
          definition={resource.definition}
          fields={pending}
          onApply={can('apply') ? () => setAsking('apply') : undefined}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <OutputsPanel resource={resource} isOwn={isOwn} />
        </div>
        <div className={styles.column}>
          <FactsPanel
            resource={resource}
            why={{ isOpen: isWhyOpen, toggle: () => setWhyOpen(!isWhyOpen) }}
            extend={
              can('extend') &&
              extend && (
                <Button
                  size="small"
                  variant="secondary"
                  loading={extend.isPending}
                  aria-label={`Extend to ${formatDuration(extend.lengthMs)} from now`}
                  onPress={() => extend.start()}
                >
                  Extend
                </Button>
              )
            }
          />
          {isWhyOpen && <WhyPanel resource={resource} />}
          <ConnectionsPanel resource={resource} />
        </div>
      </div>
      <HistoryPanel resource={resource} />
      {asking && (
        <ActionDialog
          action={asking}
          resource={resource}
          onStarted={onChanged}
          onClose={() => setAsking(undefined)}
        />
      )}
    </PageFrame>
  );
}
