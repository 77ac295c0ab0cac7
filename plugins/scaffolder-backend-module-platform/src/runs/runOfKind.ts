import { createHash } from 'node:crypto';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { Run, StartRunRequest } from '@slipway/plugin-platform-common';
import { PlatformAccess, type PlatformAccessOptions } from '../PlatformAccess';
import { runToEnd, type RunningAction } from './runToEnd';

/**
 * Starts a run of a kind, once for each input of a step, and waits until it has succeeded; see `runToEnd`.
 */
export async function runOfKind(
  context: RunningAction &
    Pick<ActionContext<never>, 'getInitiatorCredentials' | 'templateInfo'>,
  options: PlatformAccessOptions,
  request: Pick<StartRunRequest, 'kind' | 'input' | 'planDigest'>,
): Promise<{ run: Run; access: PlatformAccess }> {
  const access = new PlatformAccess(options, context);
  const goldenPath = context.templateInfo?.entityRef;
  const run = await runToEnd(context, access, options.watch, {
    name: `${request.kind}.${digestOf(request.input)}`,
    prepare: async () => startOptions =>
      access.platform.startRun({ ...request, goldenPath }, startOptions),
  });
  return { run, access };
}

function digestOf(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(input))
    .digest('hex')
    .slice(0, 16);
}
