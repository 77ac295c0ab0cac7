import assert from 'node:assert/strict';
import type { ProvidedResource } from '../../../resources';
import type { ContractCase } from '../ContractCase';
import { dieEverywhere } from '../dieEverywhere';
import { needed, type ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';
import { requireMade } from './makingCases';

async function requireUsable(
  setup: ProviderSetup,
  resource: ProvidedResource,
  usable: boolean,
  when: string,
): Promise<void> {
  assert.equal(
    await needed(setup.isUsable, 'isUsable')(resource),
    usable,
    `${when}: it ${usable ? "isn't" : 'is still'} valid.`,
  );
}

/** Only the credential of the outputs is valid, and nothing else has changed. */
async function requireRotated(
  setup: ProviderSetup,
  tested: TestedResource,
  old: ProvidedResource,
): Promise<void> {
  await requireUsable(setup, old, false, 'The old credential, revoked');
  await requireUsable(setup, tested.resource, true, 'The new credential');
  await requireMade(setup, tested);
}

const cases: ContractCase[] = [
  {
    title: 'rotates again and again: two are valid between issue and revoke',
    async run(setup) {
      const tested = TestedResource.create(setup);
      await tested.apply();
      for (let round = 1; round <= 3; round += 1) {
        const old = await tested.issue();
        assert.notDeepEqual(tested.outputs, old.outputs, 'It issued nothing.');
        await requireUsable(setup, old, true, 'The old credential, in use');
        await requireUsable(setup, tested.resource, true, 'The new credential');
        const key = tested.newKey();
        await tested.revoke({ key });
        await tested.revoke({ key });
        await requireRotated(setup, tested, old);
      }
    },
  },
  {
    title: 'issues one when asked twice under the same key',
    async run(setup) {
      const tested = TestedResource.create(setup);
      await tested.apply();
      const key = tested.newKey();
      const before = await tested.issue({ key });
      const { outputs } = tested;
      await tested.issue({ key }, before);
      assert.deepEqual(
        tested.outputs,
        outputs,
        'Issued again under the same key, it answers other outputs.',
      );
    },
  },
  {
    title: 'keeps the credentials that rotation issued when it is applied',
    async run(setup) {
      const tested = TestedResource.create(setup);
      await tested.apply();
      const old = await tested.issue();
      await tested.apply();
      await requireUsable(setup, old, true, 'The old credential, in use');
      await tested.revoke();
      const { outputs } = tested;
      await tested.apply();
      assert.deepEqual(tested.outputs, outputs, 'Applied, its outputs change.');
      await requireRotated(setup, tested, old);
    },
  },
  {
    title: 'gives a rotation up, and begins another',
    async run(setup) {
      const tested = TestedResource.create(setup);
      await tested.apply();
      const old = await tested.issue();
      const { resource: given } = tested;
      await tested.revoke({}, old);
      await requireUsable(setup, old, true, 'The credential that stays');
      await requireUsable(setup, given, false, 'The one that was given up');
      await tested.issue({}, old);
      await tested.issue({}, old);
      await tested.revoke();
      await requireRotated(setup, tested, old);
    },
  },
  {
    title: 'completes what a crash anywhere left half issued',
    async run(setup) {
      let old: ProvidedResource;
      await dieEverywhere(setup, {
        before: async tested => {
          await tested.apply();
          old = tested.resource;
        },
        act: (tested, how) => tested.issue(how, old),
        after: async tested => {
          await requireUsable(setup, old, true, 'The old credential, in use');
          await tested.revoke();
          await requireRotated(setup, tested, old);
        },
      });
    },
  },
  {
    title: 'completes what a crash anywhere left half revoked',
    async run(setup) {
      let old: ProvidedResource;
      await dieEverywhere(setup, {
        before: async tested => {
          await tested.apply();
          old = await tested.issue();
        },
        act: (tested, how) => tested.revoke(how),
        after: tested => requireRotated(setup, tested, old),
      });
    },
  },
];

export const rotationCases = cases.map((each): ContractCase => ({
  ...each,
  ability: 'rotate',
}));
