import { parse } from 'yaml';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { createRunAction } from './run';
import { examples } from './run.examples';

describe('platform:run examples', () => {
  const platform = new FakePlatform();
  let action: ReturnType<typeof createRunAction>;

  beforeAll(async () => {
    platform.next = { state: 'succeeded', output: { done: true } };
    action = createRunAction(await platform.start());
  });

  afterAll(() => platform.stop());

  it.each(examples.map(({ description, example }) => [description, example]))(
    '%s',
    async (_description, example) => {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      const { context, outputs } = new TaskContexts('.').next(step.input);
      await action.handler(context as never);
      const { body } = platform.askedFor('POST /runs').at(-1)!;
      expect(JSON.parse(body.toString())).toMatchObject(step.input);
      expect(outputs.output).toEqual({ done: true });
    },
  );
});
