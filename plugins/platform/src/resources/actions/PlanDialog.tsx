import { ResponseError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { TextField } from '@backstage/ui';
import type {
  PlannedChange,
  Resource,
  StartRunRequest,
} from '@slipway/plugin-platform-common';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog, platformApiRef } from '@slipway/plugin-platform-react';
import { useAnnounceRun } from '../../runs/useAnnounceRun';
import styles from '../resources.module.css';
import { PlanPreview } from './PlanPreview';
import { usePlan } from './usePlan';

/** What every dialog about a resource needs to know. */
export interface ActionDialogProps {
  resource: Resource;
  onStarted(): void;
  onClose(): void;
}

/** Shows what a run would do to a resource, live, and starts just that once it is confirmed. */
export function PlanDialog(
  props: ActionDialogProps & {
    title: string;
    /** What to ask for; missing while the form doesn't say yet. */
    request: StartRunRequest | undefined;
    confirmLabel: string;
    destructive?: boolean;
    /** Whether the name has to be typed: `always`, or only where the plan says that data would be lost. */
    asksForName?: 'always' | 'where-data-is-lost';
    /** What it is about, and what to choose. */
    children: ReactNode;
  },
) {
  const { resource, request, title, destructive, children } = props;
  const platformApi = useApi(platformApiRef);
  const announce = useAnnounceRun();
  const [typed, setTyped] = useState('');
  const live = usePlan(resource.id, request);
  const plan = live.data;
  const effect = plan?.decision.effect;
  const asksForName =
    props.asksForName === 'always' ||
    (props.asksForName === 'where-data-is-lost' &&
      plan !== undefined &&
      losesData(plan.changes));

  const start = async () => {
    if (!request || !plan) {
      return;
    }
    try {
      announce(
        await platformApi.startRun({ ...request, planDigest: plan.digest }),
      );
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 409) {
        live.refresh();
      }
      throw error;
    }
    props.onStarted();
  };

  return (
    <ConfirmDialog
      title={title}
      width={560}
      confirmLabel={
        effect === 'needs-approval' ? 'Ask for approval' : props.confirmLabel
      }
      destructive={destructive}
      isRefused={
        effect === undefined ||
        effect === 'deny' ||
        (asksForName && typed !== resource.name)
      }
      onConfirm={start}
      onClose={props.onClose}
    >
      <div className={styles.dialog}>
        {children}
        {request && <PlanPreview live={live} />}
        {asksForName && (
          <TextField
            label={`Type ${resource.name} to confirm`}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
          />
        )}
      </div>
    </ConfirmDialog>
  );
}

function losesData(changes: PlannedChange[]): boolean {
  return changes.some(
    ({ dataLoss, fields = [] }) =>
      dataLoss !== undefined ||
      fields.some(field => field.dataLoss !== undefined),
  );
}
