import { ConflictError } from '@backstage/errors';
import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import {
  createRunKind,
  type ResourceProvider,
  type RunKind,
} from '@slipway/plugin-platform-node';
import type { z } from 'zod';
import { describeResource } from '../names';
import { planAdoption } from '../planAdoption';
import { refuse } from '../refuse';
import { beginNew } from './beginNew';
import { actedOn, actingStep, CHECK, verifyStep } from './commonSteps';
import { endedWith } from './endedWith';
import { adoptInput } from './inputs';
import type { KindDependencies } from './KindDependencies';
import { subjectOfNew } from './subjectOfNew';
import { forgetMade, releaseAdopted } from './undoProvision';

/**
 * Takes what exists under the platform's care, and changes nothing about it but its credentials. Undoing it lets go of it: what was there
 * before stays there.
 */
export function createAdoptRunKind(dependencies: KindDependencies): RunKind {
  const { acts, patienceMs } = dependencies;
  return createRunKind<z.infer<typeof adoptInput>>({
    id: RESOURCE_RUN_KINDS.adopt,
    version: 1,
    input: adoptInput,
    title: input => `Adopt ${describeResource(input)}`,
    subject: subjectOfNew,
    plan: async input =>
      (await planAdoption(dependencies, input, { patienceMs })).changes,
    steps: [
      actingStep({
        id: CHECK,
        title: 'Check the plan',
        execute: context =>
          beginNew(dependencies, context, {
            adopted: true,
            plan: () =>
              planAdoption(dependencies, context.input, {
                signal: context.signal,
              }),
          }).catch(refuse),
        undo: context => forgetMade(dependencies, context),
      }),
      actingStep({
        id: 'adopt',
        title: 'Take it over',
        remains: ({ input }) => [`credentials of ${describeResource(input)}`],
        async execute(context) {
          const row = await actedOn(dependencies, context);
          await acts.actAndKeep(
            context,
            row,
            { what: 'adopt' },
            (provider, resource, given) =>
              adoptionOf(provider).adopt(
                resource,
                context.input.existing,
                given,
              ),
            { rotated_at: new Date() },
          );
        },
        undo: context =>
          releaseAdopted(dependencies, context, context.input.existing),
      }),
      verifyStep(dependencies),
    ],
    ended: run => endedWith(dependencies, run),
  });
}

function adoptionOf({ name, adoption }: ResourceProvider) {
  if (!adoption) {
    throw new ConflictError(
      `The provider ${name} can't take over what exists already.`,
    );
  }
  return adoption;
}
