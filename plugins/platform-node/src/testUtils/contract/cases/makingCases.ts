import assert from 'node:assert/strict';
import { z } from 'zod';
import type { ContractCase } from '../ContractCase';
import { dieEverywhere } from '../dieEverywhere';
import type { ProviderSetup } from '../ProviderSetup';
import { TestedResource } from '../TestedResource';

/** What must be true of a resource that was made. */
export async function requireMade(
  setup: ProviderSetup,
  tested: TestedResource,
): Promise<void> {
  assert.equal(
    await setup.count(tested.resource),
    1,
    'There is not exactly one of it.',
  );
  const observation = await tested.observe();
  assert.ok(observation.exists, 'It is there, and observed as missing.');
  const plan = await tested.plan(observation);
  assert.equal(
    plan.action,
    'none',
    `Right after it was applied there is something to do: ${JSON.stringify(plan)}.`,
  );
  const declared = Object.keys(setup.provider.outputs).sort();
  assert.deepEqual(
    Object.keys(tested.outputs).sort(),
    declared,
    `The outputs are ${Object.keys(tested.outputs)}; declared are ${declared}.`,
  );
  Object.entries(tested.outputs).forEach(([name, value]) =>
    assert.ok(
      typeof value === 'string' && value !== '',
      `The output "${name}" is ${JSON.stringify(value)}; it must be text, and not empty.`,
    ),
  );
}

export const makingCases: ContractCase[] = [
  {
    title: 'says what it makes, and what can be asked for',
    async run({ provider, parameters }) {
      const { name, type, title, description, outputs } = provider;
      assert.match(name, /^[a-z][a-z0-9-]*$/, 'The name is no such name.');
      assert.match(type, /^[a-z][a-z0-9-]*$/, 'The type is no such name.');
      assert.ok(title && description, 'Title or description are missing.');
      Object.entries(outputs).forEach(([output, declaration]) =>
        assert.ok(declaration.description, `${output}: has no description.`),
      );
      assert.equal(
        z.toJSONSchema(provider.parameters, { io: 'input' }).type,
        'object',
        'The schema of the parameters has to be that of an object.',
      );
      const complete = provider.parameters.parse(parameters);
      assert.deepEqual(
        provider.parameters.parse(complete),
        complete,
        'Completed parameters, parsed again, become something else.',
      );
    },
  },
  {
    title: 'refuses parameters that are no good, and says why',
    async run({ provider, parameters, bad }) {
      const unknown = { ...parameters, 'no-such-parameter': 1 };
      const all = [
        ...bad,
        ['an unknown parameter', unknown, 'no-such-parameter'] as const,
      ];
      all.forEach(([what, refused, message]) => {
        const result = provider.parameters.safeParse(refused);
        assert.ok(!result.success, `Taken, and no good: ${what}.`);
        const said = z.prettifyError(result.error);
        assert.ok(
          said.includes(message),
          `Of ${what} it says "${said}"; what is wrong is "${message}".`,
        );
      });
    },
  },
  {
    title: 'plans without changing anything, the same each time',
    async run(setup) {
      const tested = TestedResource.create(setup);
      const plan = await tested.planFrom(undefined);
      assert.equal(plan.action, 'create', 'Where there is nothing, create.');
      assert.deepEqual(await tested.planFrom(undefined), plan);
      const observation = await tested.observe();
      assert.ok(!observation.exists, 'Nothing is there, and observed as made.');
      assert.deepEqual(await tested.plan(observation), plan);
      assert.equal(
        await setup.count(tested.resource),
        0,
        'Planning or observing made something.',
      );
    },
  },
  {
    title: 'makes it, with every output that it declares and no other',
    async run(setup) {
      const tested = TestedResource.create(setup);
      await tested.apply();
      await requireMade(setup, tested);
    },
  },
  {
    title: 'makes one when applied twice, and keeps its outputs',
    async run(setup) {
      const tested = TestedResource.create(setup);
      const key = tested.newKey();
      const before = tested.resource;
      await tested.apply({ key });
      const { outputs } = tested;
      await tested.apply({ key }, before);
      assert.deepEqual(
        tested.outputs,
        outputs,
        'Applied again under the same key, as if nobody had stored what it answered, it answers other outputs.',
      );
      await tested.apply();
      assert.deepEqual(
        tested.outputs,
        outputs,
        'Applied again under another key, it answers other outputs.',
      );
      await requireMade(setup, tested);
    },
  },
  {
    title: 'completes what a crash anywhere left half made',
    run: setup =>
      dieEverywhere(setup, {
        act: (tested, how) => tested.apply(how),
        after: tested => requireMade(setup, tested),
      }),
  },
  {
    title: 'keeps two of the same name apart',
    async run(setup) {
      const one = TestedResource.create(setup);
      const other = TestedResource.create(setup, { name: one.resource.name });
      await one.apply();
      await other.apply();
      await other.destroy();
      await requireMade(setup, one);
    },
  },
  {
    title: 'stops when it is cancelled, and can be completed',
    async run(setup) {
      const tested = TestedResource.create(setup);
      const key = tested.newKey();
      await assert.rejects(
        tested.apply({ key, signal: AbortSignal.abort() }),
        'It goes on although it was cancelled before it began.',
      );
      await tested.apply({ key });
      await requireMade(setup, tested);
    },
  },
];
