/**
 * The signal channel that tells a page that something it shows has changed. A message holds names and
 * states only, never content: a page fetches what it may see.
 */
export const PLATFORM_SIGNAL_CHANNEL = 'platform';

/** What the platform's signal channel carries. */
export type PlatformSignal =
  | {
      type: 'run';
      runId: string;
      kind: string;
      state: string;
      service?: string;
      environment?: string;
    }
  | { type: 'approval'; approvalId: string; runId: string; state: string }
  | {
      type: 'pipeline';
      pipelineId: string;
      runId: string;
      state: string;
      service: string;
    }
  | { type: 'workload'; service: string; environment: string; health: string }
  | {
      type: 'resource';
      resourceId: string;
      environment: string;
      state: string;
      service?: string;
    }
  | { type: 'service'; service: string }
  | { type: 'environments' }
  | {
      type: 'repository';
      repository: string;
      action:
        'created' | 'pushed' | 'deleted' | 'merge-request' | 'transferred';
    };

/** The event topic on which repositories announce that they were created, pushed to or deleted. */
export const REPOSITORY_EVENT_TOPIC = 'platform.repository';

/** The payload on {@link REPOSITORY_EVENT_TOPIC}. */
export interface RepositoryEvent {
  repository: string;
  action: 'created' | 'pushed' | 'deleted' | 'merge-request' | 'transferred';
}

/** The event topic on which resources announce that they changed. */
export const RESOURCE_EVENT_TOPIC = 'platform.resource';

/** The payload on {@link RESOURCE_EVENT_TOPIC}; who hears it reads the resource as it is then. */
export interface ResourceEvent {
  resourceId: string;
  state: string;
}
