import { parse } from 'yaml';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { createProvisionResourceAction } from './provisionResource';
import { examples } from './provisionResource.examples';

describe('platform:resource:provision examples', () => {
  const platform = new FakePlatform();
  let action: ReturnType<typeof createProvisionResourceAction>;

  beforeAll(async () => {
    platform.next = {
      state: 'succeeded',
      output: { resourceId: 'id-1', entityRef: 'resource:default/one-dev' },
    };
    action = createProvisionResourceAction(await platform.start());
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
