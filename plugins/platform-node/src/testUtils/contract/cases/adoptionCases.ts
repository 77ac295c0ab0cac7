import assert from 'node:assert/strict';
import type { JsonObject } from '@backstage/types';
import type { ContractCase } from '../ContractCase';
import { needed, type ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';
import { requireMade } from './makingCases';

async function find(setup: ProviderSetup, existing: JsonObject) {
  const adoption = needed(setup.provider.adoption, 'provider.adoption');
  return adoption.find(adoption.existing.parse(existing), {
    signal: new AbortController().signal,
  });
}

async function requireAdopted(
  setup: ProviderSetup,
  tested: TestedResource,
): Promise<void> {
  await requireMade(setup, tested);
  assert.ok(
    await needed(setup.data, 'data').isThere(tested.resource),
    'It was adopted without its data.',
  );
  if (setup.isUsable) {
    assert.ok(
      await setup.isUsable(tested.resource),
      'Its outputs let nobody in.',
    );
  }
}

const cases: ContractCase[] = [
  {
    title: 'finds what exists, as it is, and adopts it with its data, twice',
    async run(setup) {
      const existing = await needed(setup.existing, 'existing').make();
      const found = await find(setup, existing);
      assert.ok(found.what, 'It does not say what it found.');
      assert.deepEqual(await find(setup, existing), found);
      const tested = TestedResource.create(setup, {
        parameters: found.parameters,
      });
      const key = tested.newKey();
      await tested.adopt(existing, { key });
      await requireAdopted(setup, tested);
      const { outputs } = tested;
      await tested.adopt(existing, { key });
      assert.deepEqual(tested.outputs, outputs, 'Adopted twice, it changed.');
      await tested.apply();
      await requireAdopted(setup, tested);
      await tested.destroy();
      assert.equal(await setup.count(tested.resource), 0);
    },
  },
  {
    title: 'completes what a crash anywhere left half adopted',
    async run(setup) {
      const make = needed(setup.existing, 'existing').make;
      for (let effects = 0, died = true; died; effects += 1) {
        const existing = await make();
        const { parameters } = await find(setup, existing);
        const tested = TestedResource.create(setup, { parameters });
        const key = tested.newKey();
        died = await tested
          .adopt(existing, { key, provider: setup.dying(effects) })
          .then(
            () => false,
            () => true,
          );
        assert.ok(died || effects > 0, 'The "dying" provider never dies.');
        await tested.adopt(existing, { key });
        await requireAdopted(setup, tested);
        await tested.destroy();
      }
    },
  },
  {
    title: 'lets go of what it adopted, so that another can adopt it',
    async run(setup) {
      const existing = await needed(setup.existing, 'existing').make();
      const { parameters } = await find(setup, existing);
      const first = TestedResource.create(setup, { parameters });
      await first.adopt(existing);
      await first.release(existing);
      await first.release(existing);
      assert.deepEqual((await find(setup, existing)).parameters, parameters);
      const second = TestedResource.create(setup, { parameters });
      await second.adopt(existing);
      await requireAdopted(setup, second);
    },
  },
  {
    title: 'refuses to adopt what is not there',
    async run(setup) {
      const { missing } = needed(setup.existing, 'existing');
      await assert.rejects(find(setup, missing), { name: 'InputError' });
    },
  },
];

export const adoptionCases = cases.map((each): ContractCase => ({
  ...each,
  ability: 'adopt',
}));
