import express, { type Router } from 'express';
import { registerActions } from './actions';
import { PIPELINE_RUN_KIND } from './pipelines';
import { createApprovers } from './decisions';
import { ServiceHistoryStore } from './history';
import { LeaverApprovals, Leavers } from './leavers';
import { LedgerService } from './ledger';
import { MoveService } from './ownership';
import type { PlatformOptions } from './PlatformOptions';
import { createRouter } from './router';
import { createOperations } from './createOperations';
import { createParts } from './createParts';
import { createRunKinds } from './createRunKinds';

/** A platform that is put together, and not yet running. */
export interface Platform {
  router: Router;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the platform together: its parts, the runs it knows, and what people ask of it. */
export async function createPlatform(
  options: PlatformOptions,
): Promise<Platform> {
  const { forge, runtime } = options.providers;
  const parts = await createParts(options);
  const { engine, pipelines, pipelineStore, resources } = parts;
  const { events, service: runs } = engine;
  createRunKinds(options, parts).forEach(kind => engine.kinds.add(kind));
  const offered = createOperations(options, parts);
  registerActions(options.actionsRegistry, offered);
  const stopping = new AbortController();
  const router = express.Router().use(
    createRouter({
      ...offered,
      artifacts: parts.artifacts,
      environments: parts.environments,
      httpAuth: options.httpAuth,
      ledger: new LedgerService(parts.knex),
      history: new ServiceHistoryStore(parts.knex),
      leavers: new Leavers({
        ...options,
        ...createApprovers(options),
        forge,
        store: new LeaverApprovals(parts.knex),
      }),
      moves: new MoveService({ runs }),
      names: parts.names,
      overview: parts.overview,
      pipelines,
      runs,
      runtime,
      services: parts.services,
      stopping: stopping.signal,
      waits: engine.waits,
      async companion(run) {
        const pipeline =
          run.kind === PIPELINE_RUN_KIND
            ? await pipelineStore.getByRun(run.id)
            : undefined;
        return pipeline && { type: 'pipeline', pipeline };
      },
    }),
  );
  return {
    router,
    async start() {
      parts.watch(stopping.signal);
      await engine.start();
      forge.deliverPushesTo(push => pipelines.pushed(push));
      runtime.watch(
        (ref, { health }) =>
          events.publish({ type: 'workload', ...ref, health }),
        stopping.signal,
      );
    },
    async stop() {
      stopping.abort();
      await engine.stop();
      await resources.stop();
    },
  };
}
