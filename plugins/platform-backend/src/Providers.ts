import type {
  Decider,
  Forge,
  PipelineEngine,
  ResourceProvider,
  RunKind,
  Runtime,
} from '@slipway/plugin-platform-node';
import { LateRunEvents } from './LateRunEvents';

/** What modules brought through the extension points: one forge, one engine, one runtime, any run kinds and resource providers. */
export class Providers {
  #forge: Forge | undefined;
  #engine: PipelineEngine | undefined;
  #runtime: Runtime | undefined;
  readonly runKinds: RunKind[] = [];
  readonly deciders: Decider[] = [];
  readonly resourceProviders: ResourceProvider[] = [];
  readonly runEvents = new LateRunEvents();

  setForge(forge: Forge): void {
    this.#forge = only('forge', this.#forge, forge);
  }

  setPipelineEngine(engine: PipelineEngine): void {
    this.#engine = only('pipeline engine', this.#engine, engine);
  }

  setRuntime(runtime: Runtime): void {
    this.#runtime = only('runtime', this.#runtime, runtime);
  }

  addRunKind(kind: RunKind): void {
    this.runKinds.push(kind);
  }

  addDecider(decider: Decider): void {
    this.deciders.push(decider);
  }

  addResourceProvider(provider: ResourceProvider): void {
    this.resourceProviders.push(provider);
  }

  get forge(): Forge {
    return required('forge', this.#forge);
  }

  get engine(): PipelineEngine {
    return required('pipeline engine', this.#engine);
  }

  get runtime(): Runtime {
    return required('runtime', this.#runtime);
  }
}

function only<T extends { name: string }>(
  what: string,
  before: T | undefined,
  now: T,
): T {
  if (before) {
    throw new Error(
      `There is one ${what} per portal, but both "${before.name}" and "${now.name}" are installed. Remove one of their modules.`,
    );
  }
  return now;
}

function required<T>(what: string, value: T | undefined): T {
  if (!value) {
    throw new Error(
      `The platform needs a ${what}. Install the module of one in packages/backend.`,
    );
  }
  return value;
}
