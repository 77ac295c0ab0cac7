import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Forge, RunKind } from '@slipway/plugin-platform-node';
import type { Knex } from 'knex';
import type { Access } from '../access';
import type { DeploymentService, DeploymentStore } from '../deployments';
import type { Environments } from '../environments';
import type { PipelineStore } from '../pipelines';
import type { Chore, Runs } from '../runs';
import type { ServiceStore, TakeAwayDependencies } from '../services';
import { PreviewNews } from './PreviewNews';
import { PreviewOperations } from './PreviewOperations';
import { PreviewReconciler } from './PreviewReconciler';
import { PreviewService } from './PreviewService';
import { PreviewStore } from './PreviewStore';
import { createRemovePreviewRunKind } from './removePreviewRunKind';

/** Puts together what gives branches environments of their own. */
export function createPreviews(
  options: TakeAwayDependencies & {
    knex: Knex;
    runs: Runs;
    services: ServiceStore;
    environments: Environments;
    forge: Forge;
    pipelines: PipelineStore;
    deployments: { service: DeploymentService; store: DeploymentStore };
    notifications: NotificationService;
    logger: LoggerService;
  },
) {
  const { knex, runs, services, deployments } = options;
  const store = new PreviewStore(knex);
  const previews = new PreviewService({
    ...options,
    store,
    deployments: deployments.service,
    deploymentStore: deployments.store,
    runs: runs.service,
    events: runs.events,
  });
  return {
    service: previews,
    runKind: (): RunKind =>
      createRemovePreviewRunKind({ ...options, store, events: runs.events }),
    chore: (): Chore =>
      new PreviewReconciler({
        ...options,
        store,
        previews,
        runs: runs.service,
        news: new PreviewNews(options),
      }),
    operations: (more: { access: Access; auditor: AuditorService }) =>
      new PreviewOperations({ ...more, services, previews }),
  };
}
