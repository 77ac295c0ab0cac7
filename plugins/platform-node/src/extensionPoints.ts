import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Forge } from './forge';
import type { PipelineEngine } from './pipelines';
import type { ResourceProvider } from './resources';
import type { Runtime } from './runtime';
import type { Decider, RunEventSink, RunKind } from './runs';

/** Where the module that keeps the repositories registers. One forge per portal. */
export const forgeExtensionPoint = createExtensionPoint<{
  setForge(forge: Forge): void;
}>({ id: 'platform.forge' });

/** Where the module that executes pipelines registers. One engine per portal. */
export const pipelineEngineExtensionPoint = createExtensionPoint<{
  setPipelineEngine(engine: PipelineEngine): void;
}>({
  id: 'platform.pipeline-engine',
});

/** Where the module that runs releases registers. One runtime per portal. */
export const runtimeExtensionPoint = createExtensionPoint<{
  setRuntime(runtime: Runtime): void;
}>({ id: 'platform.runtime' });

/** Where a module adds its own kinds of runs. */
export const runKindsExtensionPoint = createExtensionPoint<{
  addRunKind(kind: RunKind): void;
}>({ id: 'platform.run-kinds' });

/** Where a module adds rules about what may be done. */
export const decidersExtensionPoint = createExtensionPoint<{
  addDecider(decider: Decider): void;
}>({ id: 'platform.deciders' });

/** Where a module tells that something happened that runs may be waiting for. */
export const runEventsExtensionPoint = createExtensionPoint<RunEventSink>({
  id: 'platform.run-events',
});

/** Where a module adds a way to make resources of a type. */
export const resourceProvidersExtensionPoint = createExtensionPoint<{
  addResourceProvider(provider: ResourceProvider): void;
}>({ id: 'platform.resource-providers' });
