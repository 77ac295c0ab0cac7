import {
  RESOURCE_RUN_KINDS,
  type PlatformSignal,
  type Resource,
} from '@slipway/plugin-platform-common';

const KINDS: readonly string[] = Object.values(RESOURCE_RUN_KINDS);

/** What the runs act on that are about a resource. */
export function targetOf({
  environment,
  name,
}: Pick<Resource, 'environment' | 'name'>): string {
  return `resource:${environment}:${name}`;
}

/** Whether a signal tells of a run that acts on a resource; which one, it doesn't say. */
export function isResourceRun(signal: PlatformSignal): boolean {
  return signal.type === 'run' && KINDS.includes(signal.kind);
}
