import {
  CONFIGURE_RUN_KIND,
  isFinalRunState,
  type PlannedChange,
  PLATFORM_ACTOR,
  type Run,
} from '@slipway/plugin-platform-common';
import {
  createRunKind,
  OperationFailedError,
  runEndedEvent,
  type RunKind,
  waitForEvent,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import type { ConfigurationStore, Place } from './ConfigurationStore';

/** How long the deployment may take that brings a change to what serves, in milliseconds. */
const DEPLOY_MS = 24 * 60 * 60_000;

const DEPLOY = 'deploy';

const input = z.object({
  service: z.string(),
  environment: z.string(),
  changeId: z.string(),
  changes: z.array(
    z.object({
      key: z.string(),
      isSecret: z.boolean(),
      action: z.enum(['add', 'change', 'remove']),
      from: z.string().optional(),
      to: z.string().optional(),
    }),
  ),
  reason: z.string().optional(),
});

/** What the steps of a change work with. */
export interface ConfigureDependencies {
  store: ConfigurationStore;
  runs: { get(id: string): Promise<Run> };
  /** Deploys what serves once more; answers the run, the same under the same key, or nothing where nothing serves. */
  deploy(
    place: Place,
    request: { requestedBy: string; idempotencyKey: string; reason?: string },
  ): Promise<Run | undefined>;
}

/** A change of a configuration as a run: bring it into force, then give it to what serves, as a deployment that can be taken back. */
export function createConfigureRunKind({
  store,
  runs,
  deploy,
}: ConfigureDependencies): RunKind {
  return createRunKind<z.infer<typeof input>>({
    id: CONFIGURE_RUN_KIND,
    version: 1,
    input,
    title: ({ service, environment }) =>
      `Configure ${service} in ${environment}`,
    plan: async ({
      service,
      environment,
      changes,
    }): Promise<PlannedChange[]> => [
      {
        action: 'change',
        what: `configuration of ${service} in ${environment}`,
        detail: 'given to what serves there, which is deployed once more',
        fields: changes.map(({ key, isSecret, action, from, to }) => ({
          field: key,
          from: isSecret && action !== 'add' ? 'secret' : from,
          to: isSecret && action !== 'remove' ? 'secret' : to,
        })),
      },
    ],
    steps: [
      {
        id: 'apply',
        title: 'Bring it into force',
        async execute({ input: { changeId, service, environment }, log }) {
          const applied = await store.apply(changeId);
          if (!applied?.version) {
            throw new OperationFailedError({
              message: `The configuration of ${service} in ${environment} was changed by somebody else meanwhile.`,
              hint: 'Look at it once more, and change it again.',
            });
          }
          log(`Version ${applied.version} is in force.`);
          return { version: applied.version };
        },
      },
      {
        id: DEPLOY,
        title: 'Deploy what serves',
        async execute({ input: place, idempotencyKey, log, runId }) {
          const { service, environment } = place;
          const run = await deployment(
            { deploy, runs },
            { service, environment },
            {
              idempotencyKey,
              since: await beginOf(runs, runId),
              reason: place.reason,
            },
          );
          if (!run) {
            log(
              `Nothing of ${service} serves in ${environment}: its next deployment gets it.`,
            );
            return undefined;
          }
          if (!isFinalRunState(run.state)) {
            return waitForEvent({
              key: runEndedEvent(run.id),
              reason: `the end of "${run.title}"`,
              timeoutMs: DEPLOY_MS,
            });
          }
          const { state, failure } = run;
          if (state !== 'succeeded') {
            throw new OperationFailedError({
              message: `"${run.title}" ${state === 'failed' ? 'failed' : `was ${state}`}${failure ? `: ${failure.message}` : '.'}`,
              hint: 'What served before serves on, with the configuration that it had. Change the configuration back, or mend what failed and retry.',
            });
          }
          return { runId: run.id };
        },
      },
    ],
  });
}

/** When this step began, or began anew when the run was retried; ISO 8601. */
async function beginOf(
  runs: ConfigureDependencies['runs'],
  runId: string,
): Promise<string> {
  const run = await runs.get(runId);
  const step = run.steps.find(({ id }) => id === DEPLOY);
  return step?.startedAt ?? run.createdAt;
}

/** The run that deploys for this step; one that was lost before the step began anew is followed by another. */
async function deployment(
  { deploy, runs }: Pick<ConfigureDependencies, 'deploy' | 'runs'>,
  place: Place,
  {
    idempotencyKey,
    since,
    reason,
  }: { idempotencyKey: string; since: string; reason: string | undefined },
): Promise<Run | undefined> {
  for (let go = 1; ; go += 1) {
    const started = await deploy(place, {
      requestedBy: PLATFORM_ACTOR,
      reason,
      idempotencyKey: `${idempotencyKey}:${go}`,
    });
    if (!started) {
      return undefined;
    }
    const run = await runs.get(started.id);
    const isLost = isFinalRunState(run.state) && run.state !== 'succeeded';
    if (!isLost || (run.endedAt ?? since) >= since) {
      return run;
    }
  }
}
