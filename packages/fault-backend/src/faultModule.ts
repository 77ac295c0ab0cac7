import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  decidersExtensionPoint,
  forgeExtensionPoint,
  pipelineEngineExtensionPoint,
  runEventsExtensionPoint,
  resourceProvidersExtensionPoint,
  runKindsExtensionPoint,
  runtimeExtensionPoint,
} from '@slipway/plugin-platform-node';
import express from 'express';
import PromiseRouter from 'express-promise-router';
import { approvalDecider } from './approvalDecider';
import { createBenchKinds } from './benchKinds';
import { createGeneratedKind } from './createGeneratedKind';
import { createThingProvider } from './createThingProvider';
import { Gate } from './Gate';
import { parseKinds } from './KindSpec';
import { forge, pipelineEngine, runtime } from './providers';
import { ThingStore } from './ThingStore';
import { World } from './World';

/** Brings the kinds of the test, and lets the test speak to a backend in ways that people can't. */
export const faultModule = createBackendModule({
  pluginId: 'platform',
  moduleId: 'faults',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        deciders: decidersExtensionPoint,
        engines: pipelineEngineExtensionPoint,
        events: runEventsExtensionPoint,
        forges: forgeExtensionPoint,
        httpRouter: coreServices.httpRouter,
        kinds: runKindsExtensionPoint,
        resources: resourceProvidersExtensionPoint,
        runtimes: runtimeExtensionPoint,
      },
      async init(services) {
        const {
          config,
          deciders,
          engines,
          events,
          forges,
          httpRouter,
          kinds,
          resources,
          runtimes,
        } = services;
        deciders.addDecider(approvalDecider);
        forges.setForge(forge);
        engines.setPipelineEngine(pipelineEngine);
        runtimes.setRuntime(runtime);
        const outside = {
          url: config.getString('faults.worldUrl'),
          backend: config.getString('faults.backend'),
        };
        resources.addResourceProvider(
          createThingProvider(new ThingStore(outside)),
        );
        const world = new World(outside);
        for (const spec of parseKinds(config.get('faults.kinds'))) {
          kinds.addRunKind(createGeneratedKind(spec, world));
        }
        const gate = new Gate();
        createBenchKinds(gate).forEach(kind => kinds.addRunKind(kind));
        const router = PromiseRouter();
        router.post('/faults/gate/:state', async (request, response) => {
          if (request.params.state === 'closed') {
            gate.close();
          } else {
            gate.open();
          }
          response.status(204).end();
        });
        router.post('/faults/collect-garbage', async (_request, response) => {
          // Offered by --expose-gc; twice, since finalizers make garbage of their own.
          await globalThis.gc?.({ execution: 'async' });
          await globalThis.gc?.({ execution: 'async' });
          response.json(process.memoryUsage());
        });
        router.post(
          '/faults/events',
          express.json(),
          async (request, response) => {
            await events.eventHappened(request.body.key, request.body.payload);
            response.status(204).end();
          },
        );
        httpRouter.use(router);
      },
    });
  },
});
