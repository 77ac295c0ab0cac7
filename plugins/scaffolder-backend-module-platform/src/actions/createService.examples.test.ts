import { createMockDirectory } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { CREATED } from '../__testUtils__/buildRun';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { TaskContexts } from '../__testUtils__/taskContext';
import { createCreateServiceAction } from './createService';
import { examples } from './createService.examples';

describe('platform:service:create examples', () => {
  const workspace = createMockDirectory();
  const platform = new FakePlatform();
  let action: ReturnType<typeof createCreateServiceAction>;

  beforeAll(async () => {
    platform.next = CREATED;
    action = createCreateServiceAction(await platform.start());
    workspace.setContent({ service: { 'README.md': '# A service' } });
  });

  afterAll(() => platform.stop());

  it.each(examples.map(({ description, example }) => [description, example]))(
    '%s',
    async (_description, example) => {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      const { context, outputs } = new TaskContexts(workspace.path).next(
        step.input,
      );
      await action.handler(context as never);
      const { name, description, owner, commitMessage } = step.input;
      expect(platform.asked.at(-2)?.query).toMatchObject({
        name,
        description,
        owner,
        ...(commitMessage && { message: commitMessage }),
      });
      expect(outputs).toMatchObject({ repository: name, releaseNumber: 1 });
    },
  );
});
