import assert from 'node:assert/strict';
import type { ContractCase } from '../ContractCase';
import { dieEverywhere } from '../dieEverywhere';
import type { ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';
import { requireMade } from './makingCases';

async function requireGone(
  setup: ProviderSetup,
  tested: TestedResource,
): Promise<void> {
  assert.equal(
    await setup.count(tested.resource),
    0,
    'It was destroyed, and is still there.',
  );
  const { exists } = await tested.observe();
  assert.ok(!exists, 'It was destroyed, and is observed as there.');
}

export const endingCases: ContractCase[] = [
  {
    title: 'destroys it, again where it is gone already, and makes it anew',
    async run(setup) {
      const tested = TestedResource.create(setup);
      await tested.apply();
      const key = tested.newKey();
      await tested.destroy({ key });
      await requireGone(setup, tested);
      await tested.destroy({ key });
      await tested.destroy();
      assert.equal((await tested.plan()).action, 'create');
      await tested.apply();
      await requireMade(setup, tested);
    },
  },
  {
    title: 'destroys what never was, and what was taken away by hand',
    async run(setup) {
      await TestedResource.create(setup).destroy();
      const tested = TestedResource.create(setup);
      await tested.apply();
      await setup.remove(tested.resource);
      await tested.destroy();
      await requireGone(setup, tested);
    },
  },
  {
    title: 'destroys what a crash anywhere left half made',
    run: setup =>
      dieEverywhere(setup, {
        act: (tested, how) =>
          how.provider ? tested.apply(how) : tested.destroy(),
        after: tested => requireGone(setup, tested),
      }),
  },
  {
    title: 'completes what a crash anywhere left half destroyed',
    run: setup =>
      dieEverywhere(setup, {
        before: tested => tested.apply(),
        act: (tested, how) => tested.destroy(how),
        after: tested => requireGone(setup, tested),
      }),
  },
];
