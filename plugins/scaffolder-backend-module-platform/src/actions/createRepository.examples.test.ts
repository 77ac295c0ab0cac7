import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { createRepositoryAction } from './createRepository';
import { examples } from './createRepository.examples';

describe('platform:repository:create examples', () => {
  const workspace = createMockDirectory();
  const platform = new FakePlatform();
  let action: ReturnType<typeof createRepositoryAction>;

  beforeAll(async () => {
    action = createRepositoryAction(await platform.start());
    workspace.setContent({ service: { 'README.md': '# A service' } });
  });

  afterAll(() => platform.stop());

  it.each(examples.map(({ description, example }) => [description, example]))(
    '%s',
    async (_description, example) => {
      const [step] = parse(example).steps;
      expect(step.action).toBe(action.id);
      const context = createMockActionContext({
        input: step.input,
        workspacePath: workspace.path,
      });
      await action.handler(context);
      const { name, description, owner, commitMessage } = step.input;
      const repository = platform.repositories.get(name);
      expect(repository).toMatchObject({ name, description, owner });
      expect(repository?.head?.title).toBe(commitMessage ?? `Create ${name}`);
      expect(context.output).toHaveBeenCalledWith('repository', name);
    },
  );
});
