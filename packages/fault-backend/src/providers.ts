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
  commitsBetween: refuse,
  branches: refuse,
  setCommitStatus: refuse,
  openMergeRequests: async () => [],
  proposeChange: refuse,
  findMergeRequest: async () => undefined,
  mergeAgreed: refuse,
  closeMergeRequest: refuse,
  revokeAccess: async () => 0,
  setOwner: async () => false,
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
  shiftTraffic: refuse,
  signals: refuse,
  probe: refuse,
  retire: refuse,
  scale: refuse,
  restart: refuse,
  stop: refuse,
  resume: refuse,
  abandon: refuse,
  remove: refuse,
  calls: async () => [],
  observe: refuse,
  async *logs() {},
  watch: () => {},
};
