import assert from 'node:assert/strict';
import { isError } from '@backstage/errors';
import type { ProviderSetup } from './ProviderSetup';
import { type How, TestedResource } from './TestedResource';

/** An act with more changes than this is taken for one that never ends. */
const MOST_EFFECTS = 200;

/**
 * Lets the process die at every point of an act, each time with a resource of its own, and acts again under the same key.
 *
 * @param steps - `before` what the act begins with, the act, and what must be true of it once it was done again
 */
export async function dieEverywhere(
  setup: ProviderSetup,
  steps: {
    before?(tested: TestedResource): Promise<void>;
    act(tested: TestedResource, how: How): Promise<unknown>;
    after(tested: TestedResource): Promise<void>;
  },
): Promise<void> {
  for (let effects = 0; effects <= MOST_EFFECTS; effects += 1) {
    const tested = TestedResource.create(setup);
    await steps.before?.(tested);
    const key = tested.newKey();
    const died = await steps
      .act(tested, { key, provider: setup.dying(effects) })
      .then(
        () => false,
        () => true,
      );
    try {
      await steps.act(tested, { key });
      await steps.after(tested);
      await tested.destroy();
    } catch (error) {
      throw new Error(
        `After it died with ${effects} changes made: ${isError(error) ? error.message : error}`,
        { cause: error },
      );
    }
    if (!died) {
      assert.ok(effects > 0, 'The setup\'s "dying" provider never dies.');
      return;
    }
  }
  assert.fail(`It died ${MOST_EFFECTS} times and never came to its end.`);
}
