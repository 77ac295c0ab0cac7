import { RESOURCE_RUN_KINDS } from '@slipway/plugin-platform-common';
import type { ZodRawShape } from 'zod/v3';
import { newResource, resourceId } from './resourceSchemas';
import type { Zod } from './schemas';

/** An action that starts a run on a resource. */
export interface ResourceRunAction {
  name: string;
  title: string;
  description: string;
  /** The kind of run that it starts. */
  kind: string;
  /** Whether data or access may be lost. */
  destructive: boolean;
  /** What the kind asks for. */
  input(zod: Zod): ZodRawShape;
}

/** What people can have done with resources, each as a run. */
export const resourceRunActions: ResourceRunAction[] = [
  {
    name: 'provision-resource',
    title: 'Provision a resource',
    description: 'Makes a database, a cache or anything else that is defined.',
    kind: RESOURCE_RUN_KINDS.provision,
    destructive: false,
    input: newResource,
  },
  {
    name: 'adopt-resource',
    title: 'Adopt a resource',
    description:
      'Takes what exists already under the care of the platform. Nothing about it changes but its credentials.',
    kind: RESOURCE_RUN_KINDS.adopt,
    destructive: false,
    input: zod => {
      const { parameters: _parameters, ...named } = newResource(zod);
      return {
        ...named,
        existing: zod
          .record(zod.unknown())
          .describe(`Which one, in its provider's words.`),
      };
    },
  },
  {
    name: 'resize-resource',
    title: 'Resize a resource',
    description:
      'Changes the class or parameters of a resource; without either, brings it to what its definition says by now.',
    kind: RESOURCE_RUN_KINDS.change,
    destructive: true,
    input: zod => ({
      ...resourceId(zod),
      class: zod.string().optional(),
      parameters: zod
        .record(zod.unknown())
        .optional()
        .describe(
          'What is left out stays; null takes back what was asked for.',
        ),
    }),
  },
  {
    name: 'rotate-resource',
    title: 'Rotate credentials',
    description:
      'Issues new credentials, deploys the services that use the resource with them, then revokes the old ones.',
    kind: RESOURCE_RUN_KINDS.rotate,
    destructive: false,
    input: resourceId,
  },
  {
    name: 'extend-resource',
    title: 'Extend the life of a resource',
    description: 'Lets a resource expire later.',
    kind: RESOURCE_RUN_KINDS.extend,
    destructive: false,
    input: zod => ({
      ...resourceId(zod),
      until: zod.string().describe('When it shall expire, ISO 8601.'),
    }),
  },
  {
    name: 'reconcile-resource',
    title: 'Reconcile a resource',
    description: 'Brings what is there back to what was asked for.',
    kind: RESOURCE_RUN_KINDS.reconcile,
    destructive: true,
    input: resourceId,
  },
  {
    name: 'accept-drift',
    title: 'Accept drift',
    description: 'Makes what is there what was asked for.',
    kind: RESOURCE_RUN_KINDS.acceptDrift,
    destructive: false,
    input: resourceId,
  },
  {
    name: 'destroy-resource',
    title: 'Destroy a resource',
    description:
      'Takes a resource away; where data could be lost, it can be restored for some time. Refused while services use it.',
    kind: RESOURCE_RUN_KINDS.destroy,
    destructive: true,
    input: zod => ({
      ...resourceId(zod),
      withConnected: zod
        .boolean()
        .optional()
        .describe('Also take down the services that use it.'),
    }),
  },
  {
    name: 'restore-resource',
    title: 'Restore a resource',
    description: 'Gives access back to a resource that was destroyed.',
    kind: RESOURCE_RUN_KINDS.restore,
    destructive: false,
    input: resourceId,
  },
  {
    name: 'purge-resource',
    title: 'Purge a resource',
    description: 'Ends the time in which a destroyed resource can be restored.',
    kind: RESOURCE_RUN_KINDS.purge,
    destructive: true,
    input: resourceId,
  },
];
