import { NotImplementedError } from '@backstage/errors';
import type {
  Forge,
  PipelineEngine,
  Runtime,
} from '@slipway/plugin-platform-node';

async function refuse(): Promise<never> {
  throw new NotImplementedError(
    'The backend of the fault test has no services. Use a whole portal.',
  );
}

/** The platform wants these; the generated kinds use none of them. */
export const forge: Forge = {
  name: 'none',
  createRepository: refuse,
  deleteRepository: async () => false,
  findRepository: async () => undefined,
  deliverPushesTo: () => {},
  readFile: refuse,
  getCommit: refuse,
  checkout: refuse,
};

export const pipelineEngine: PipelineEngine = {
  name: 'none',
  run: refuse,
  stop: async () => {},
  forget: async () => {},
};

export const runtime: Runtime = {
  name: 'none',
  start: refuse,
  switchTraffic: refuse,
  retire: refuse,
  abandon: refuse,
  remove: refuse,
  observe: refuse,
  async *logs() {},
  watch: () => {},
};
