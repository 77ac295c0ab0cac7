import { z } from 'zod';

export const MOVE_OWNERSHIP_RUN_KIND = 'move-ownership';

/** How much can go at once. */
const MOST = 1_000;

/** What a move is told. */
export const moveInput = z.strictObject({
  title: z.string().min(1),
  by: z.string().min(1).describe('Who accepted, a user reference'),
  entities: z
    .array(
      z.strictObject({
        entityRef: z.string().min(1),
        to: z.string().regex(/^group:/, 'name a group'),
      }),
    )
    .min(1)
    .max(MOST),
});

/** See {@link moveInput}. */
export type MoveInput = z.infer<typeof moveInput>;
