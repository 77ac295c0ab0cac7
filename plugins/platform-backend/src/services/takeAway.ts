import type { StepContext, Wait } from '@slipway/plugin-platform-node';
import type { ResourceConnections } from '../resources';
import type { ServiceRemoval } from './ServiceRemoval';

/** What it takes to take everything of a service away. */
export interface TakeAwayDependencies {
  removal: Pick<ServiceRemoval, 'takeDown'>;
  connections: Pick<ResourceConnections, 'own' | 'onBehalfOf'>;
}

/**
 * Takes a service out of all environments, then destroys what was made for it alone. Answers what to wait for; called again after each wait,
 * and does nothing where nothing is left.
 *
 * @param stepId - the step that is executing
 */
export async function takeAway(
  { removal, connections }: TakeAwayDependencies,
  service: string,
  context: StepContext,
  stepId: string,
): Promise<Wait | undefined> {
  return (
    (await removal.takeDown(service, context)) ??
    connections.own.destroy(
      { service },
      await connections.onBehalfOf(context, stepId),
    )
  );
}
