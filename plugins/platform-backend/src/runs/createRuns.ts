import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RunKind } from '@slipway/plugin-platform-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type { Knex } from 'knex';
import { Callbacks } from './Callbacks';
import { EndTeller } from './engine/EndTeller';
import type { Chore } from './engine/Chore';
import { RunEngine } from './engine/RunEngine';
import { RunQueue } from './engine/RunQueue';
import { StepExecutor } from './engine/StepExecutor';
import { WaitSweeper } from './engine/WaitSweeper';
import type { Rules } from './Rules';
import { RunEvents } from './RunEvents';
import { RunKinds } from './RunKinds';
import { RunLog } from './RunLog';
import { RunPlanner } from './RunPlanner';
import type { RunSecrets } from './RunSecrets';
import { RunService } from './RunService';
import { RunWaits } from './RunWaits';
import type { UnhandledEnd } from './store/ends';

/** The run engine with everything around it; kinds may be added until it starts. */
export interface Runs {
  kinds: { add(kind: RunKind): void };
  events: RunEvents;
  service: RunService;
  waits: RunWaits;
  addChore(chore: Chore): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the run engine together. */
export async function createRuns(options: {
  knex: Knex;
  logger: LoggerService;
  signals: Pick<SignalsService, 'publish'>;
  rules: Rules;
  secrets: RunSecrets;
  /** Sign callback URLs: 32 bytes each, the current one first. */
  callbackKeys: readonly Buffer[];
  /** Where others reach the platform's API. */
  baseUrl(): Promise<string>;
  /** Tells people about the end of a run. */
  notify?(end: UnhandledEnd): Promise<void>;
}): Promise<Runs> {
  const { knex, logger, rules, secrets } = options;
  const kinds = new RunKinds();
  const events = new RunEvents(options.signals);
  const log = new RunLog({ knex, events, logger, secrets });
  const queue = await RunQueue.create({ knex, logger });
  const callbacks = new Callbacks({
    keys: options.callbackKeys,
    baseUrl: options.baseUrl,
  });
  const executor = new StepExecutor({
    knex,
    kinds,
    rules,
    secrets,
    callbacks,
    log,
    logger,
  });
  const engine = new RunEngine({
    knex,
    queue,
    events,
    log,
    secrets,
    executor,
    kinds,
    logger,
  });
  const waits = new RunWaits({ knex, engine, callbacks, secrets });
  engine.addChore(new WaitSweeper({ knex, engine, secrets, logger }));
  engine.addChore(
    new EndTeller({
      knex,
      kinds,
      logger,
      secrets,
      runsEnded: ends => waits.runsEnded(ends),
      notify: options.notify ?? (async () => {}),
    }),
  );
  const planner = new RunPlanner({ knex, kinds, rules });
  return {
    kinds,
    events,
    service: new RunService({ knex, engine, planner, events, kinds }),
    waits,
    addChore: chore => engine.addChore(chore),
    start: () => engine.start(),
    stop: () => engine.stop(),
  };
}
