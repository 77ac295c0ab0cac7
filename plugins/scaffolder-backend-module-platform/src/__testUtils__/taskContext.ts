import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';

/**
 * The contexts that a step of one task gets, each time it is tried. Checkpoints are kept between them as the scaffolder does:
 * what an attempt finds is what there was when it began.
 */
export class TaskContexts {
  readonly #workspacePath: string;
  readonly #kept = new Map<string, JsonValue>();

  constructor(workspacePath: string) {
    this.#workspacePath = workspacePath;
  }

  next<T extends JsonObject>(input: T, signal?: AbortSignal) {
    const found = new Map(this.#kept);
    const printed: string[] = [];
    const outputs: Record<string, unknown> = {};
    const context = {
      ...createMockActionContext({
        input,
        workspacePath: this.#workspacePath,
        task: { id: 'task-7' },
        templateInfo: { entityRef: 'template:default/nodejs-service' },
      }),
      step: { id: 'create', name: 'Create' },
      signal,
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      checkpoint: async <V extends JsonValue | void>(options: {
        key: string;
        fn: () => Promise<V> | V;
      }) => {
        const known = found.get(options.key);
        if (known !== undefined) {
          return known as V;
        }
        const value = await options.fn();
        this.#kept.set(options.key, (value ?? {}) as JsonValue);
        return value;
      },
    };
    const print = (line: unknown) => {
      printed.push(String(line));
      return context.logger;
    };
    jest.spyOn(context.logger, 'info').mockImplementation(print);
    jest.spyOn(context.logger, 'warn').mockImplementation(print);
    return { context, printed, outputs };
  }
}
