import assert from 'node:assert/strict';
import type { ResourcePlan } from '../../../resources';
import type { ContractCase } from '../ContractCase';
import { dieEverywhere } from '../dieEverywhere';
import type { ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';
import { requireMade } from './makingCases';

function requireNamed(plan: ResourcePlan, field: string): void {
  assert.ok(
    plan.fields.some(change => change.field === field),
    `"${field}" differs, and the plan is ${JSON.stringify(plan)}.`,
  );
}

function requireChange(plan: ResourcePlan): void {
  assert.ok(
    plan.action === 'update' || plan.action === 'replace',
    `The plan of a change is "${plan.action}".`,
  );
  const loses = plan.fields.some(({ dataLoss }) => dataLoss);
  assert.equal(
    loses,
    plan.action === 'replace',
    `A plan that replaces says which field loses what, another doesn't: ${JSON.stringify(plan)}.`,
  );
}

async function made(setup: ProviderSetup): Promise<TestedResource> {
  const tested = TestedResource.create(setup);
  await tested.apply();
  return tested;
}

export const changingCases: ContractCase[] = [
  {
    title: 'observes without changing or mending anything, the same each time',
    async run(setup) {
      const tested = await made(setup);
      assert.deepEqual(await tested.observe(), await tested.observe());
      const field = await setup.drift(tested.resource);
      const drifted = await tested.observe();
      assert.deepEqual(await tested.observe(), drifted);
      requireNamed(await tested.plan(), field);
    },
  },
  {
    title: 'finds and names what was changed by hand, and mends it',
    async run(setup) {
      const tested = await made(setup);
      const field = await setup.drift(tested.resource);
      const plan = await tested.plan();
      requireChange(plan);
      requireNamed(plan, field);
      const { outputs } = tested;
      await tested.apply();
      await requireMade(setup, tested);
      assert.deepEqual(tested.outputs, outputs, 'Mended, its outputs changed.');
    },
  },
  {
    title: 'sees that it was taken away by hand, and makes it again',
    async run(setup) {
      const tested = await made(setup);
      await setup.remove(tested.resource);
      const observation = await tested.observe();
      assert.ok(!observation.exists, 'It is gone, and observed as there.');
      assert.equal((await tested.plan(observation)).action, 'create');
      await tested.apply();
      await requireMade(setup, tested);
    },
  },
  {
    title: 'plans a change field by field, and makes it',
    async run(setup) {
      const tested = await made(setup);
      tested.ask(setup.changed);
      const plan = await tested.plan();
      requireChange(plan);
      await tested.apply();
      await requireMade(setup, tested);
      tested.ask(setup.parameters);
      requireChange(await tested.plan());
    },
  },
  {
    title: 'completes a change that a crash anywhere left half made',
    run: setup =>
      dieEverywhere(setup, {
        before: async tested => {
          await tested.apply();
          tested.ask(setup.changed);
        },
        act: (tested, how) => tested.apply(how),
        after: tested => requireMade(setup, tested),
      }),
  },
  {
    title: 'flags the data that a change would lose, where one does',
    async run(setup) {
      if (!setup.losing) {
        return;
      }
      const tested = await made(setup);
      tested.ask(setup.losing);
      const plan = await tested.plan();
      assert.equal(plan.action, 'replace', 'What loses data is no update.');
      requireChange(plan);
      await tested.apply();
      await requireMade(setup, tested);
    },
  },
];

export const acceptDriftCases: ContractCase[] = [
  {
    title: 'accepts what was changed by hand as what was asked for',
    ability: 'accept-drift',
    async run(setup) {
      const tested = await made(setup);
      const field = await setup.drift(tested.resource);
      const observation = await tested.observe();
      requireNamed(await tested.plan(observation), field);
      const accepted = setup.provider.acceptDrift?.(
        tested.resource,
        observation,
      );
      assert.ok(accepted, 'It finds no parameters that would make it right.');
      tested.ask(accepted);
      assert.deepEqual(
        (await tested.plan(observation)).fields,
        [],
        'With the parameters that accept it, it still differs.',
      );
      await tested.apply();
      assert.deepEqual(
        await tested.observe(),
        observation,
        'Applied with the parameters that accept it, it changed.',
      );
    },
  },
];
