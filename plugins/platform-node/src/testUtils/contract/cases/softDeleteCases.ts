import assert from 'node:assert/strict';
import type { ContractCase } from '../ContractCase';
import { dieEverywhere } from '../dieEverywhere';
import { needed, type ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';
import { requireMade } from './makingCases';

async function requireUsable(
  setup: ProviderSetup,
  tested: TestedResource,
  usable: boolean,
): Promise<void> {
  const isUsable = needed(setup.isUsable, 'isUsable');
  assert.equal(
    await isUsable(tested.resource),
    usable,
    usable
      ? 'Its outputs let nobody in.'
      : 'Access was taken away, and its outputs still let somebody in.',
  );
}

async function requireRestored(
  setup: ProviderSetup,
  tested: TestedResource,
): Promise<void> {
  await requireMade(setup, tested);
  await requireUsable(setup, tested, true);
  assert.ok(
    await needed(setup.data, 'data').isThere(tested.resource),
    'It was restored without its data.',
  );
}

async function madeWithData(
  setup: ProviderSetup,
  tested = TestedResource.create(setup),
): Promise<TestedResource> {
  await tested.apply();
  await requireUsable(setup, tested, true);
  await needed(setup.data, 'data').write(tested.resource);
  return tested;
}

const cases: ContractCase[] = [
  {
    title: 'suspends it, twice: nobody can use it; then restores it, twice',
    async run(setup) {
      const tested = await madeWithData(setup);
      const key = tested.newKey();
      await tested.suspend({ key });
      await requireUsable(setup, tested, false);
      await tested.suspend({ key });
      await tested.suspend();
      await requireUsable(setup, tested, false);
      const again = tested.newKey();
      await tested.restore({ key: again });
      await requireRestored(setup, tested);
      const { outputs } = tested;
      await tested.restore({ key: again });
      assert.deepEqual(tested.outputs, outputs);
      await requireRestored(setup, tested);
    },
  },
  {
    title: 'frees the name of what it suspended',
    async run(setup) {
      const tested = await madeWithData(setup);
      await tested.suspend();
      const { name } = tested.resource;
      const other = TestedResource.create(setup, { name });
      await other.apply();
      await requireUsable(setup, other, true);
      await other.destroy();
      await tested.restore();
      await requireRestored(setup, tested);
    },
  },
  {
    title: 'destroys what it suspended',
    async run(setup) {
      const tested = await madeWithData(setup);
      await tested.suspend();
      await tested.destroy();
      assert.equal(await setup.count(tested.resource), 0);
    },
  },
  {
    title: 'completes what a crash anywhere left half suspended',
    run: setup =>
      dieEverywhere(setup, {
        before: async tested => {
          await madeWithData(setup, tested);
        },
        act: (tested, how) => tested.suspend(how),
        after: async tested => {
          await requireUsable(setup, tested, false);
          await tested.restore();
          await requireRestored(setup, tested);
        },
      }),
  },
  {
    title: 'restores what a crash anywhere left half suspended',
    run: setup =>
      dieEverywhere(setup, {
        before: async tested => {
          await madeWithData(setup, tested);
        },
        act: (tested, how) =>
          how.provider ? tested.suspend(how) : tested.restore(),
        after: tested => requireRestored(setup, tested),
      }),
  },
  {
    title: 'completes what a crash anywhere left half restored',
    run: setup =>
      dieEverywhere(setup, {
        before: async tested => {
          await madeWithData(setup, tested);
          await tested.suspend();
        },
        act: (tested, how) => tested.restore(how),
        after: tested => requireRestored(setup, tested),
      }),
  },
];

export const softDeleteCases = cases.map((each): ContractCase => ({
  ...each,
  ability: 'restore',
}));
