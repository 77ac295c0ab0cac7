import type {
  Failure,
  WorkloadLogLine,
  WorkloadStatus,
} from '@slipway/plugin-platform-common';
import type { ReleaseSpec, WorkloadRef } from '@slipway/plugin-platform-node';

/**
 * What the local agent speaks: JSON over HTTP on the loopback interface, with a bearer token. Streams are
 * server-sent events whose data is JSON.
 *
 * | request | answer |
 * |---|---|
 * | `GET /healthz` (no token) | {@link AgentHealth} |
 * | `GET /workloads` | {@link WorkloadList} |
 * | `GET /workloads/:service/:environment` | `WorkloadStatus` |
 * | `PUT .../instances/:instanceId` with {@link StartRequest} | stream of {@link StartEvent}, the last one `ready` or `failed` |
 * | `DELETE .../instances/:instanceId` | 204; the instance runs no more |
 * | `PUT .../route` with {@link RouteRequest} | `WorkloadStatus`; new requests go there |
 * | `POST .../retire` with {@link RetireRequest} | 204; every other instance finished its requests and stopped |
 * | `DELETE /workloads/:service/:environment` | 204; all of it is gone |
 * | `GET .../logs?tail=&follow=` | stream of `WorkloadLogLine` |
 * | `GET .../traffic` | {@link TrafficCounts} |
 * | `GET /events` | stream of {@link WorkloadEvent}: first the state of each workload, then each change |
 *
 * Every request may be sent again after an interruption. A start goes on when its stream breaks; sending it
 * again joins it.
 */
export type StartRequest = Omit<ReleaseSpec, 'ref' | 'instanceId'>;

/** What happens while an instance starts. */
export type StartEvent =
  | { type: 'progress'; text: string }
  | { type: 'ready' }
  | { type: 'failed'; error: AgentFailure['error'] };

/** Which instance gets the traffic. */
export interface RouteRequest {
  instanceId: string;
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
export interface TrafficCounts {
  requests: number;
  /** Answers of 500 and above, the router's own included. */
  errors: number;
  /** Requests by duration: each bucket counts those of at most `leMs` that are in no smaller one. */
  buckets: Array<{ leMs?: number; count: number }>;
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
