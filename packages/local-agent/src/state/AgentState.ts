import { readFileSync } from 'node:fs';
import { AgentError, codeOf } from '../AgentError';
import type {
  InstanceRecord,
  ReplicaRecord,
  WorkloadRecord,
} from '../workloads/types';
import { writeFileAtomically } from './writeFileAtomically';

const VERSION = 4;

/** All that survives the agent. */
export interface AgentState {
  workloads: WorkloadRecord[];
}

type StoredState =
  | ({ version: typeof VERSION } & AgentState)
  | { version: 3; workloads: ThirdWorkload[] }
  | { version: 2; workloads: SecondWorkload[] }
  | { version: 1; workloads: FirstWorkload[] };

/** What version 3 had: one process for each instance. */
interface ThirdWorkload extends Omit<WorkloadRecord, 'instances'> {
  instances: Array<
    Omit<InstanceRecord, 'replicas' | 'replicaCount'> & {
      process?: ReplicaRecord['process'];
    }
  >;
}

type ThirdInstance = ThirdWorkload['instances'][number];

/** What version 2 had: no volumes and no files. */
interface SecondWorkload extends Omit<ThirdWorkload, 'instances'> {
  instances: Array<
    Omit<ThirdInstance, 'mounts' | 'spec'> & {
      spec: Omit<InstanceRecord['spec'], 'volumes' | 'files'>;
    }
  >;
}

type SecondInstance = SecondWorkload['instances'][number];

/** What version 1 had: a release ran once, under its own id. */
interface FirstWorkload extends Pick<WorkloadRecord, 'ref'> {
  servingReleaseId?: string;
  releases: Array<
    Omit<SecondInstance, 'instanceId' | 'spec'> & {
      releaseId: string;
      spec: Omit<SecondInstance['spec'], 'releaseId'>;
    }
  >;
}

/** Reads what the last agent left, also where it was one of an older version: what it started is taken over. */
export function readAgentState(file: string): AgentState {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return { workloads: [] };
    }
    throw error;
  }
  const state = JSON.parse(content) as StoredState;
  switch (state.version) {
    case VERSION:
      return state;
    case 3:
      return { workloads: state.workloads.map(addReplicas) };
    case 2:
      return { workloads: state.workloads.map(addMounts).map(addReplicas) };
    case 1:
      return {
        workloads: state.workloads
          .map(addInstances)
          .map(addMounts)
          .map(addReplicas),
      };
    default:
      throw new AgentError(
        'InputError',
        `${file} was written by a newer version of the local agent, which this one (${VERSION}) does not know.`,
        'Start the portal of that version, or move the file away to begin anew.',
      );
  }
}

/** Replaces it; only the owner can read it, since it holds the variables of services. */
export function writeAgentState(file: string, state: AgentState): void {
  writeFileAtomically(file, JSON.stringify({ version: VERSION, ...state }));
}

function addReplicas(workload: ThirdWorkload): WorkloadRecord {
  return {
    ...workload,
    instances: workload.instances.map(({ process, ...record }) => ({
      ...record,
      replicas: [process ? { process } : {}],
      replicaCount: 1,
    })),
  };
}

function addMounts(workload: SecondWorkload): ThirdWorkload {
  return {
    ...workload,
    instances: workload.instances.map(({ spec, ...record }) => ({
      ...record,
      spec: { ...spec, volumes: [], files: [] },
      mounts: [],
    })),
  };
}

function addInstances(workload: FirstWorkload): SecondWorkload {
  return {
    ref: workload.ref,
    servingInstanceId: workload.servingReleaseId,
    instances: workload.releases.map(({ releaseId, spec, ...record }) => ({
      ...record,
      instanceId: releaseId,
      spec: { ...spec, releaseId },
    })),
  };
}
