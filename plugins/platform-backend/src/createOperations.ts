import { Access } from './access';
import {
  ApprovalOperations,
  ApprovalService,
  ApprovalStore,
} from './approvals';
import { createDeployStarter, DEPLOY_RUN_KIND } from './deployments';
import { FactOperations } from './facts';
import { EntityEdits } from './ownership';
import type { PlatformOptions } from './PlatformOptions';
import { ResourceOperations } from './resources';
import { RunOperations } from './runs';
import { CREATE_SERVICE_RUN_KIND } from './services';
import type { PlatformParts } from './createParts';

/** What people ask of the platform, over HTTP and as actions alike: who may is decided there. */
export function createOperations(
  options: PlatformOptions,
  parts: PlatformParts,
) {
  const { configurations, deployments, engine, facts, knex } = parts;
  const { previews, resources, scaling, secrets } = parts;
  const { events, service: runs } = engine;
  const access = new Access(options);
  const operations = new RunOperations({
    ...options,
    runs,
    access,
    starters: new Map([
      [DEPLOY_RUN_KIND, createDeployStarter(deployments.service)],
      ...scaling.starters,
    ]),
    creating: new Set([CREATE_SERVICE_RUN_KIND]),
  });
  const deliveries = deployments.operations({
    ...options,
    access,
    operations,
    configurations: configurations.service,
  });
  const approvals = new ApprovalOperations({
    ...options,
    access,
    approvals: new ApprovalService({
      store: new ApprovalStore(knex),
      waits: engine.waits,
      events,
      secrets,
    }),
  });
  const resourceOperations = new ResourceOperations({
    ...options,
    access,
    resources: resources.service,
  });
  return {
    access,
    operations,
    approvals,
    resources: resourceOperations,
    deliveries,
    configurations: configurations.operations({ ...options, access }),
    previews: previews.operations({ ...options, access }),
    facts: new FactOperations({ access, store: facts }),
    edits: new EntityEdits({
      ...options,
      access,
      forge: options.providers.forge,
    }),
  };
}
