import assert from 'node:assert/strict';
import type { ContractCase } from '../ContractCase';
import type { ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';

/** Everything that can happen to a resource, once. */
async function wholeLife(
  setup: ProviderSetup,
  look: (tested: TestedResource) => void,
): Promise<TestedResource> {
  const { provider } = setup;
  const tested = TestedResource.create(setup);
  const acts = [
    () => tested.apply(),
    async () => {
      await setup.drift(tested.resource);
      await tested.plan();
      await tested.apply();
    },
    async () => {
      tested.ask(setup.changed);
      await tested.plan();
      await tested.apply();
    },
    async () => {
      if (provider.rotation) {
        await tested.issue();
        await tested.revoke();
      }
    },
    async () => {
      if (provider.softDelete) {
        await tested.suspend();
        await tested.restore();
      }
    },
  ];
  for (const act of acts) {
    await act();
    await tested.plan();
    look(tested);
  }
  await tested.destroy();
  return tested;
}

export const secrecyCases: ContractCase[] = [
  {
    title: 'marks secret outputs, and has them redacted',
    async run(setup) {
      const { outputs: declared } = setup.provider;
      await wholeLife(setup, ({ outputs, secrets }) =>
        Object.entries(outputs).forEach(([name, value]) => {
          const holdsOne = [...secrets].some(secret => value.includes(secret));
          assert.ok(
            !holdsOne || declared[name]?.secret,
            `The output "${name}" holds a secret, and isn't declared as one.`,
          );
          assert.ok(
            holdsOne || !declared[name]?.secret,
            `The output "${name}" is secret, and came neither from password() nor was given to secret().`,
          );
        }),
      );
    },
  },
  {
    title: 'says no secret in log, plan, observation, state or open output',
    async run(setup) {
      const { said, secrets } = await wholeLife(setup, () => undefined);
      const told = said.find(text =>
        [...secrets].some(secret => text.includes(secret)),
      );
      assert.equal(told, undefined, `It says a secret: ${told}`);
    },
  },
];
