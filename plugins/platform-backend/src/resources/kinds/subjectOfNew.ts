import type { RunSubject } from '@slipway/plugin-platform-node';
import { resourceTarget } from '../names';
import type { ProvisionRequest } from './inputs';

/** What a run that makes or adopts a resource acts on. */
export async function subjectOfNew(
  input: ProvisionRequest,
): Promise<RunSubject> {
  const { owner, service, environment } = input;
  return { target: resourceTarget(input), owner, service, environment };
}
