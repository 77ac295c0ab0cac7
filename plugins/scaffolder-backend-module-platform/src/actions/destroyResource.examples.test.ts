import { parse } from 'yaml';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { createDestroyResourceAction } from './destroyResource';
import { examples } from './destroyResource.examples';

describe('platform:resource:destroy examples', () => {
  const platform = new FakePlatform();
  let action: ReturnType<typeof createDestroyResourceAction>;

  beforeAll(async () => {
    platform.next = {
      state: 'succeeded',
      output: { resourceId: 'id-1', entityRef: 'resource:default/one-dev' },
    };
    action = createDestroyResourceAction(await platform.start());
  });

  afterAll(() => platform.stop());

  it.each(examples.map(({ description, example }) => [description, example]))(
    '%s',
    async (_description, example) => {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      const { context, outputs } = new TaskContexts('.').next(step.input);
      await action.handler(context as never);
      const { planDigest, ...input } = step.input;
      const { body } = platform.askedFor('POST /runs').at(-1)!;
      expect(JSON.parse(body.toString())).toMatchObject({
        input,
        ...(planDigest && { planDigest }),
      });
      expect(outputs.url).toContain('/resources/');
    },
  );
});
