import { InputError } from '@backstage/errors';
import { z } from 'zod';
import {
  OperationFailedError,
  type RunKind,
  waitForApproval,
  waitUntil,
} from '../index';

/** Where access is kept: a cloud account, a directory, a database. Every call may come twice. */
export interface AccessList {
  /** The entity reference of the team that owns a system; `undefined` where there is no such system. */
  ownerOf(system: string): Promise<string | undefined>;
  /** Answers when the access began; granting again changes nothing. */
  grant(system: string, person: string): Promise<{ since: string }>;
  /** Does nothing where there is none. */
  revoke(system: string, person: string): Promise<void>;
}

const input = z.object({
  system: z.string().describe('The system to get access to'),
  person: z.string().describe('Who gets it, as an entity reference'),
  hours: z.number().int().min(1).max(72).describe('For how long'),
});

/**
 * Access to a system for some hours: the owning team approves, access is granted, and taken away when the time is up. The example
 * of the guide docs/guides/run-kinds.md.
 */
export function createTemporaryAccessRunKind(
  access: AccessList,
): RunKind<z.infer<typeof input>> {
  return {
    id: 'temporary-access',
    version: 1,
    input,
    title: ({ system, person, hours }) =>
      `Access to ${system} for ${person}, ${hours} h`,
    async subject({ system, person }) {
      const owner = await access.ownerOf(system);
      if (!owner) {
        throw new InputError(`system: there is no system "${system}".`);
      }
      return { target: `access:${system}:${person}`, owner };
    },
    plan: async ({ system, person }) => [
      { action: 'create', what: `access of ${person} to ${system}` },
    ],
    steps: [
      {
        id: 'approve',
        title: 'Ask the owning team',
        async execute({ input: { system, person, hours }, resumed }) {
          return resumed
            ? {}
            : waitForApproval({
                reason: `${person} wants access to ${system} for ${hours} hours.`,
                approvers: [{ role: 'owning-team' }],
                expiresInMs: 8 * 60 * 60_000,
              });
        },
      },
      {
        id: 'grant',
        title: 'Grant access',
        output: z.object({ since: z.string() }),
        remains: ({ input: { system, person } }) => [
          `access of ${person} to ${system}`,
        ],
        async execute({ input: { system, person }, log }) {
          const { since } = await access.grant(system, person);
          log(`${person} has access to ${system} since ${since}.`);
          return { since };
        },
        undo: ({ input: { system, person } }) => access.revoke(system, person),
      },
      {
        id: 'hold',
        title: 'Hold until the time is up',
        async execute({ input: { hours }, output, resumed }) {
          const since = Date.parse(output<{ since: string }>('grant').since);
          if (Number.isNaN(since)) {
            throw new OperationFailedError({
              message: 'Nobody knows when the access began.',
              hint: 'Undo this run, and ask again.',
            });
          }
          return resumed
            ? {}
            : waitUntil(
                new Date(since + hours * 60 * 60_000),
                `${hours} hours of access`,
              );
        },
      },
      {
        id: 'revoke',
        title: 'Take access away',
        async execute({ input: { system, person } }) {
          await access.revoke(system, person);
        },
      },
    ],
  };
}
