import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createRunKind,
  OperationFailedError,
  type RunEventSink,
  runEventsExtensionPoint,
  runKindsExtensionPoint,
  type StepContext,
  waitForApproval,
  waitForEvent,
  waitUntil,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import { type Canaries, writings } from './Canaries';

const input = z.strictObject({ name: z.string(), fail: z.boolean() });
type Context = StepContext<z.infer<typeof input>>;

/** Where a run puts a secret. */
const PLACES = [
  'comment',
  'error',
  'error of the end',
  'event',
  'event that came before',
  'failure',
  'failure of undo',
  'hint',
  'last line',
  'log',
  'log of undo',
  'output',
  'payload of callback',
  'reason of approval',
  'reason of callback',
  'reason of event',
  'reason of time',
  'remains',
];

/** A kind of run that puts secrets wherever a step can put something. */
export class PlantingKind {
  readonly #canaries: Canaries;
  /** The URLs that runs gave out, by the name of the run. */
  readonly callbacks = new Map<string, string>();
  events: RunEventSink | undefined;

  constructor(canaries: Canaries) {
    this.#canaries = canaries;
  }

  readonly kind = createRunKind<z.infer<typeof input>>({
    id: 'planting',
    version: 1,
    input,
    title: ({ name }) => `Plant ${name}`,
    subject: async ({ name }) => ({
      target: `planting:${name}`,
      owner: 'group:default/payments',
      service: 'orders',
    }),
    steps: [
      { id: 'log', title: 'Log', execute: context => this.#log(context) },
      {
        id: 'return',
        title: 'Return',
        execute: context => this.#output(context),
      },
      {
        id: 'call',
        title: 'Wait for a callback',
        execute: context => this.#callback(context),
      },
      {
        id: 'event',
        title: 'Wait for an event',
        execute: async ({ resumed, runId }) =>
          resumed
            ? { got: resumed.payload ?? {} }
            : waitForEvent({
                key: `event:${runId}`,
                reason: `for ${this.#canaries.of('reason of event')}`,
                timeoutMs: 60_000,
              }),
      },
      {
        id: 'early',
        title: 'Wait for an event that came before',
        execute: async ({ resumed, runId }) =>
          resumed
            ? { got: resumed.payload ?? {} }
            : waitForEvent({
                key: `early:${runId}`,
                reason: 'what has happened',
                timeoutMs: 60_000,
              }),
      },
      {
        id: 'time',
        title: 'Wait a moment',
        execute: async ({ resumed }) =>
          resumed
            ? {}
            : waitUntil(new Date(), this.#canaries.of('reason of time')),
      },
      {
        id: 'approval',
        title: 'Wait for somebody',
        execute: async ({ resumed }) =>
          resumed
            ? {}
            : waitForApproval({
                reason: `${this.#canaries.of('reason of approval')}?`,
                approvers: [{ role: 'owning-team' }],
              }),
      },
      {
        id: 'end',
        title: 'End',
        remains: () => [`a key called ${this.#canaries.of('remains')}`],
        retry: { attempts: 2, delayMs: 1 },
        execute: context => this.#end(context),
        undo: async ({ log }) => {
          log(this.#canaries.of('log of undo'));
          throw new OperationFailedError({
            message: this.#canaries.of('failure of undo'),
          });
        },
      },
    ],
    ended: async ({ state }) => {
      this.#ends += 1;
      if (this.#ends === 1) {
        throw new Error(`${state} ${this.#canaries.of('error of the end')}`);
      }
    },
  });

  #ends = 0;

  readonly module = createBackendModule({
    pluginId: 'platform',
    moduleId: 'planting',
    register: env => {
      env.registerInit({
        deps: {
          kinds: runKindsExtensionPoint,
          events: runEventsExtensionPoint,
        },
        init: async ({ kinds, events }) => {
          kinds.addRunKind(this.kind);
          this.events = events;
        },
      });
    },
  });

  async #log({ log, secret, runId }: Context): Promise<void> {
    const plant = async (place: string) => {
      const value = this.#canaries.of(place);
      await secret(value);
      return value;
    };
    const late = this.#canaries.of('log before it is a secret');
    log(`before: ${late}`);
    log(late.slice(0, 8));
    log(late.slice(8));
    await secret(late);
    for (const place of PLACES) {
      await plant(place);
    }
    await secret(this.#canaries.key('key of several lines'));
    log(this.#canaries.of('key of several lines'));
    this.#canaries
      .of('key of several lines')
      .split('\n')
      .forEach(line => log(`>> ${line}`));
    for (const form of writings(this.#canaries.of('log'))) {
      log(`form: ${form}!`);
      log(`first half: ${form.slice(0, 11)}`);
      log(form.slice(11));
      log(`${form.slice(0, 3)}\r\n${form.slice(3)}\r50%\r${form}`);
    }
    log(`${'x'.repeat(3_990)}${this.#canaries.of('log')}`);
    await this.events?.eventHappened(`early:${runId}`, {
      early: this.#canaries.of('event that came before'),
    });
  }

  async #output(_context: Context) {
    const secret = this.#canaries.of('output');
    return {
      plain: secret,
      [`key ${secret}`]: true,
      deep: [{ url: `https://x/?q=${encodeURIComponent(secret)}` }],
      forms: writings(secret),
    };
  }

  async #callback({ callback, resumed, input: { name } }: Context) {
    if (resumed) {
      return { got: resumed.payload ?? {} };
    }
    const { url, wait } = await callback({
      name: 'call',
      reason: this.#canaries.of('reason of callback'),
    });
    this.callbacks.set(name, url);
    return wait;
  }

  async #end({ attempt, input: { fail }, log }: Context) {
    if (attempt === 1) {
      throw new Error(`broken: ${this.#canaries.of('error')}`);
    }
    if (fail) {
      throw new OperationFailedError({
        message: writings(this.#canaries.of('failure')).join(' '),
        hint: `Look at ${this.#canaries.of('hint')}.`,
      });
    }
    // Held back, as it may go on.
    log(`the end: ${this.#canaries.of('last line').slice(0, -1)}`);
    log(this.#canaries.of('last line').slice(-1));
    return {};
  }
}
