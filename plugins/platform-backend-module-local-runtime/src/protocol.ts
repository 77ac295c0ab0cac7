import type {
  Failure,
  WorkloadLogLine,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import type {
  InstanceSignals,
  ObservedCall,
  ReleaseSpec,
  WorkloadRef,
} from '@slipway/plugin-platform-node';

/**
 * What the local agent speaks: JSON over HTTP on the loopback interface, with a bearer token. Streams are
 * server-sent events whose data is JSON.
 *
 * | request | answer |
 * |---|---|
 * | `GET /healthz` (no token) | {@link AgentHealth} |
 * | `GET /workloads` | {@link WorkloadList} |
 * | `GET /calls` | {@link ObservedCalls} |
 * | `GET /workloads/:service/:environment` | `WorkloadStatus` |
 * | `PUT .../instances/:instanceId` with {@link StartRequest} | stream of {@link StartEvent}, the last one `ready` or `failed` |
 * | `DELETE .../instances/:instanceId` | 204; the instance runs no more |
 * | `PUT .../route` with {@link RouteRequest} | `WorkloadStatus`; new requests go there |
 * | `PUT .../share` with {@link ShareRequest} | 204; that part of new requests goes there |
 * | `GET .../instances/:instanceId/traffic` | {@link TrafficCounts} of that instance |
 * | `POST .../instances/:instanceId/probe` with `ProbeRequest` | `ProbeAnswer`; not counted as traffic |
 * | `POST .../retire` with {@link RetireRequest} | 204; every other instance finished its requests and stopped |
 * | `PUT .../replicas` with {@link ScaleRequest} | stream of {@link StartEvent} |
 * | `POST .../restart` with {@link RestartRequest} | stream of {@link StartEvent}; each process was replaced by another |
 * | `PUT .../stop` with {@link StopRequest} | stream of {@link StartEvent}; no process runs any more, and requests are told so |
 * | `DELETE .../stop` | stream of {@link StartEvent}; it runs again |
 * | `DELETE /workloads/:service/:environment` | 204; all of it is gone |
 * | `GET .../logs?tail=&follow=` | stream of `WorkloadLogLine` |
 * | `GET .../traffic` | {@link TrafficCounts} |
 * | `PUT /volumes/:id` with {@link VolumeRequest} | {@link VolumeStatus}; it is there, with that quota |
 * | `GET /volumes/:id` | {@link VolumeStatus}, or 404 where there is none |
 * | `POST /volumes/:id/suspend` | 204; nobody can use it, and its files are kept |
 * | `POST /volumes/:id/restore` | {@link VolumeStatus}; it can be used again |
 * | `DELETE /volumes/:id` | 204; it is gone, suspended or not |
 * | `PUT /endpoints/:id` with {@link EndpointRequest} | 204; requests for it go there |
 * | `GET /endpoints/:id` | {@link EndpointRequest}, or 404 where there is none |
 * | `DELETE /endpoints/:id` | 204; it is gone |
 * | `GET /events` | stream of {@link WorkloadEvent}: first the state of each workload, then each change |
 *
 * Every request may be sent again after an interruption. A start goes on when its stream breaks; sending it
 * again joins it.
 */
export type StartRequest = Omit<ReleaseSpec, 'ref' | 'instanceId'>;

/** How many processes the instance that serves shall have. */
export interface ScaleRequest {
  replicas: number;
}

export interface RestartRequest {
  /** The same where the restart is asked for again. */
  key: string;
}

export interface StopRequest {
  /** A sentence without its end; requests are told. */
  reason: string;
}

/** What happens while an instance starts. */
export type StartEvent =
  | { type: 'progress'; text: string }
  | { type: 'ready' }
  | { type: 'failed'; error: AgentFailure['error'] };

/** What a volume shall be. */
export interface VolumeRequest {
  /** What people call it. */
  name: string;
  quotaBytes: number;
}

export interface VolumeStatus extends VolumeRequest {
  state: 'ready' | 'suspended';
  /** Whether services could write to it: the folder is theirs. */
  isWritable: boolean;
  /** Missing until it was measured. */
  usedBytes?: number;
  /** What is wrong with how much it holds, and what to do. */
  problem?: string;
}

/** What is reached at an address. */
export interface EndpointRequest {
  /** What people call it. */
  name: string;
  /** The host name before `.localhost`. All that share one have the same owner and environment. */
  host: string;
  /** Requests at or below it go there; a segment `*` stands for any. */
  path: string;
  /** Missing: the host name is only kept for others to route. */
  service?: string;
  environment: string;
  owner: string;
}

/** Which instance gets the traffic. */
export interface RouteRequest {
  instanceId: string;
}

/** Which part of new requests goes to an instance beside the one that serves. */
export interface ShareRequest {
  instanceId: string;
  /** From 0 to 100; 0 gives it all back. */
  percent: number;
}

/** Which instance stays. */
export interface RetireRequest {
  keepInstanceId: string;
}

/** The state of a workload, or a change of it. */
export interface WorkloadEvent {
  ref: WorkloadRef;
  status: WorkloadStatus;
}

export interface WorkloadList {
  items: WorkloadEvent[];
}

export interface AgentHealth {
  status: 'ok';
  pid: number;
}

/** Counted since the agent started. */
export type TrafficCounts = InstanceSignals;

/** Which service called which, since the agent started. */
export interface ObservedCalls {
  items: ObservedCall[];
}

/** What the agent answers when it can't do what was asked. */
export interface AgentFailure {
  error: Failure & {
    name:
      | 'AuthenticationError'
      | 'ConflictError'
      | 'InputError'
      | 'NotFoundError'
      | 'OperationFailedError'
      | 'InternalError';
  };
}

/** One line of a workload's log. */
export type AgentLogLine = WorkloadLogLine;
