import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { buildDelivery } from '../__testUtils__/buildDelivery';
import { FakePlatform } from '../__testUtils__/FakePlatform';
import { createWaitForServiceAction } from './waitForService';
import { examples } from './waitForService.examples';

describe('platform:service:wait examples', () => {
  it.each(examples.map(({ description, example }) => [description, example]))(
    '%s',
    async (_description, example) => {
      const platform = new FakePlatform();
      const action = createWaitForServiceAction(await platform.start());
      const { commit } = buildDelivery(platform);
      // The scaffolder fills in the output of the step before.
      const [step] = parse(
        example.replace('${{ steps.repository.output.commit }}', commit.sha),
      ).steps;
      expect(step.action).toBe(action.id);
      const context = createMockActionContext({ input: step.input });
      await action.handler(context);
      await platform.stop();
      expect(context.output).toHaveBeenCalledWith(
        'url',
        'http://invoice-mailer-dev.localhost:7080',
      );
    },
  );
});
