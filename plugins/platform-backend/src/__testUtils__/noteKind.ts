import { createBackendModule } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  createRunKind,
  OperationFailedError,
  runKindsExtensionPoint,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';

const input = z.strictObject({
  text: z.string(),
  owner: z.string().default('payments'),
  environment: z.string().optional(),
  /** Whether it fails after having written. */
  fail: z.boolean().default(false),
  /** Whether it waits for a callback before it writes. */
  wait: z.boolean().default(false),
});

/** A kind of run that anybody may start: it writes a note, and can take it back. */
export class NoteKind {
  readonly notes = new Set<string>();
  /** The URLs that runs gave out, by the text of the note. */
  readonly callbacks = new Map<string, string>();

  readonly kind = createRunKind<z.infer<typeof input>>({
    id: 'note',
    version: 1,
    input,
    title: ({ text }) => `Note ${text}`,
    subject: async ({ text, owner, environment }) => ({
      target: `note:${text}`,
      owner: `group:default/${owner}`,
      service: 'orders',
      environment,
    }),
    plan: async ({ text }) => {
      if (text === 'taken') {
        throw new ConflictError('There is such a note.');
      }
      if (text === 'away') {
        throw new ServiceUnavailableError('The notebook is not here.');
      }
      return [{ action: 'create', what: `note ${text}` }];
    },
    steps: [
      {
        id: 'wait',
        title: 'Wait until told',
        execute: async context => {
          if (!context.input.wait || context.resumed) {
            return { said: context.resumed?.payload ?? {} };
          }
          const { url, wait } = await context.callback({
            name: 'told',
            reason: 'somebody to say go',
          });
          this.callbacks.set(context.input.text, url);
          return wait;
        },
      },
      {
        id: 'write',
        title: 'Write it down',
        remains: ({ input: { text } }) => [`note ${text}`],
        execute: async context => {
          this.notes.add(context.input.text);
          context.log(`Wrote ${context.input.text}.`);
          if (context.input.fail) {
            throw new OperationFailedError({
              message: 'The pen broke.',
              hint: 'Take another one.',
            });
          }
          return { written: context.input.text };
        },
        undo: async context => {
          this.notes.delete(context.input.text);
        },
      },
    ],
  });

  readonly module = createBackendModule({
    pluginId: 'platform',
    moduleId: 'notes',
    register: env => {
      env.registerInit({
        deps: { kinds: runKindsExtensionPoint },
        init: async ({ kinds }) => kinds.addRunKind(this.kind),
      });
    },
  });
}
