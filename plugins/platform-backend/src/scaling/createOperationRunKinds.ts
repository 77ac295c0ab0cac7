import {
  OPERATION_RUN_KINDS,
  type PlannedChange,
  type ServiceOperation,
} from '@slipway/plugin-platform-common';
import {
  createRunKind,
  OperationFailedError,
  type RunKind,
  type Runtime,
  type StepContext,
} from '@slipway/plugin-platform-node';
import { nameOf } from '../access';
import type { RunEvents } from '../runs';
import { type OperationRunInput, operationRunInput } from './operationInput';
import type { ScaleStore } from './ScaleStore';
import type { ScalingService } from './ScalingService';

type Context = StepContext<OperationRunInput>;

interface Dependencies {
  store: ScaleStore;
  scaling: Pick<ScalingService, 'replicas'>;
  runtime: Runtime;
  events: Pick<RunEvents, 'publish'>;
}

/** What a kind of run does, and takes back. */
interface Operation {
  title(input: OperationRunInput): string;
  plan(input: OperationRunInput): Promise<PlannedChange>;
  step: string;
  execute(context: Context): Promise<Record<string, number>>;
  undo?(context: Omit<Context, 'output'>, done: number): Promise<void>;
}

/** The runs that scale, restart, stop and start what serves; each looks afterwards whether it is so. */
export function createOperationRunKinds(dependencies: Dependencies): RunKind[] {
  const { runtime, events } = dependencies;
  const operations = operationsOf(dependencies);
  return Object.entries(operations).map(([name, { undo, ...operation }]) =>
    createRunKind<OperationRunInput>({
      id: OPERATION_RUN_KINDS[name as ServiceOperation],
      version: 1,
      input: operationRunInput,
      title: operation.title,
      plan: async input => [await operation.plan(input)],
      steps: [
        {
          id: 'act',
          title: operation.step,
          execute: operation.execute,
          ...(undo && {
            undo: context => undo(context, Number(context.done?.before ?? 1)),
          }),
        },
        {
          id: 'verify',
          title: 'Look how it is',
          async execute({ input: { service, environment }, log }) {
            const status = await runtime.observe({ service, environment });
            const { wanted, ready } = status.replicas ?? {};
            log(`${ready ?? 0} of ${wanted ?? 0} replicas are ready.`);
            if (!status.stopped && status.health === 'crash-looping') {
              throw new OperationFailedError({
                message: `${service} in ${environment} is not well: ${status.message ?? status.health}`,
                hint: 'Look at its log. It goes on being restarted meanwhile.',
              });
            }
            return { ready: ready ?? 0 };
          },
        },
      ],
      async ended({ input: { service } }) {
        events.publish({ type: 'service', service });
      },
    }),
  );
}

function operationsOf({
  store,
  scaling,
  runtime,
}: Dependencies): Record<ServiceOperation, Operation> {
  return {
    scale: {
      title: ({ service, environment, replicas }) =>
        `Scale ${service} in ${environment} to ${replicas}`,
      plan: async input => ({
        action: 'change',
        what: whatOf(input),
        detail: `from ${counted(await scaling.replicas(input))} to ${counted(input.replicas ?? 1)}`,
      }),
      step: 'Scale it',
      async execute(context) {
        const { input } = context;
        const { replicas = 1 } = input;
        const before = await scaling.replicas(input);
        await runtime.scale(input, replicas, context);
        await store.put(input, { replicas });
        return { before };
      },
      async undo(context, before) {
        await runtime.scale(context.input, before, context);
        await store.put(context.input, { replicas: before });
      },
    },
    restart: {
      title: ({ service, environment }) =>
        `Restart ${service} in ${environment}`,
      plan: async input => ({
        action: 'keep',
        what: whatOf(input),
        detail: 'each of its processes is replaced by a new one, in turn',
      }),
      step: 'Replace its processes',
      async execute(context) {
        await runtime.restart(context.input, context);
        return {};
      },
    },
    stop: {
      title: ({ service, environment }) => `Stop ${service} in ${environment}`,
      plan: async input => ({
        action: 'change',
        what: whatOf(input),
        detail: 'stopped; requests are told so, and its resources stay',
      }),
      step: 'Stop it',
      async execute(context) {
        const { input } = context;
        await runtime.stop(input, reasonOf(context), context);
        await store.put(input, {
          asleep_since: input.asleepUntil ? new Date() : null,
        });
        return {};
      },
      async undo(context) {
        await runtime.resume(context.input, context);
        await store.put(context.input, { asleep_since: null });
      },
    },
    start: {
      title: ({ service, environment }) => `Start ${service} in ${environment}`,
      plan: async input => ({
        action: 'change',
        what: whatOf(input),
        detail: 'started, with the release that served before',
      }),
      step: 'Start it',
      async execute(context) {
        const { input } = context;
        await runtime.resume(input, context);
        await store.put(input, {
          asleep_since: null,
          ...(!input.isMorning && { woken_at: new Date() }),
        });
        return {};
      },
    },
  };
}

/** As people who ask for the service are told. */
function reasonOf({ input, requestedBy }: Context): string {
  const { asleepUntil, reason } = input;
  if (asleepUntil) {
    return `asleep until ${asleepUntil}`;
  }
  const who = `${nameOf(requestedBy)} stopped it`;
  return reason ? `${who} (${reason})` : who;
}

function whatOf({ service, environment }: OperationRunInput): string {
  return `${service} in ${environment}`;
}

function counted(replicas: number): string {
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}
