import type { Approval, Run } from '@slipway/plugin-platform-common';
import type { z } from 'zod/v3';

/** What actions are given to write their schemas with. */
export type Zod = typeof z;

export const runId = (zod: Zod) =>
  zod.object({ id: zod.string().describe('The id of the run.') }).strict();

export const approvalId = (zod: Zod) =>
  zod.object({ id: zod.string().describe('The id of the approval.') }).strict();

export const paging = (zod: Zod) => ({
  cursor: zod
    .string()
    .optional()
    .describe('The nextCursor of the page before.'),
  limit: zod.number().int().min(1).max(200).default(25),
});

/** What to start or plan. */
export const runRequest = (zod: Zod) =>
  zod
    .object({
      kind: zod
        .string()
        .describe(
          'The kind of run. "deploy" brings a release into an environment: promotion and rollback alike.',
        ),
      input: zod
        .record(zod.unknown())
        .describe(
          'What the kind asks for. Of "deploy": service, environment, releaseId, and in a freeze window a reason.',
        ),
      goldenPath: zod
        .string()
        .optional()
        .describe('The entity reference of the template that asks.'),
    })
    .strict();

const brief = (zod: Zod) => ({
  id: zod.string(),
  kind: zod.string(),
  title: zod.string(),
  state: zod
    .string()
    .describe(
      'planned, waiting, queued, running, succeeded, failed, cancelling, cancelled, undoing or undone.',
    ),
  requestedBy: zod.string(),
  owner: zod.string(),
  service: zod.string().optional(),
  environment: zod.string().optional(),
});

/** A run in a list. */
export const runSummary = (zod: Zod) =>
  zod.object({
    ...brief(zod),
    failure: zod.string().optional().describe('Why it failed.'),
    waitsFor: zod.array(zod.string()).describe('What it waits for now.'),
    createdAt: zod.string(),
    endedAt: zod.string().optional(),
  });

export function summaryOf(run: Run) {
  const { id, kind, title, state, requestedBy, owner } = run;
  const { service, environment, createdAt, endedAt } = run;
  return {
    id,
    kind,
    title,
    state,
    requestedBy,
    owner,
    service,
    environment,
    failure: run.failure?.message,
    waitsFor: run.waits.map(({ reason }) => reason),
    createdAt,
    endedAt,
  };
}

/** A whole run. */
export const runOutput = (zod: Zod) =>
  zod.object({
    run: zod
      .object({
        ...brief(zod),
        steps: zod.array(
          zod
            .object({
              id: zod.string(),
              title: zod.string(),
              state: zod.string(),
            })
            .passthrough(),
        ),
        waits: zod.array(
          zod.object({ id: zod.string(), reason: zod.string() }).passthrough(),
        ),
        remains: zod.array(
          zod
            .object({ what: zod.string(), certain: zod.boolean() })
            .passthrough(),
        ),
        output: zod.record(zod.unknown()).optional(),
      })
      .passthrough(),
  });

/** A run as an output. */
export function outputOf(run: Run) {
  return {
    output: {
      run: {
        ...run,
        steps: run.steps.map(step => ({ ...step })),
        waits: run.waits.map(wait => ({ ...wait })),
        remains: run.remains.map(what => ({ ...what })),
      },
    },
  };
}

const approval = (zod: Zod) =>
  zod.object({
    id: zod.string(),
    state: zod
      .string()
      .describe('open, resumed (approved), rejected, expired or cancelled.'),
    reason: zod.string(),
    approversText: zod.string(),
    quorum: zod.number(),
    expiresAt: zod.string().optional(),
    mayDecide: zod.boolean(),
    mayNotDecideBecause: zod.string().optional(),
    votes: zod.array(
      zod.object({
        person: zod.string(),
        verdict: zod.string(),
        comment: zod.string().optional(),
        at: zod.string(),
      }),
    ),
    run: zod.object(brief(zod)),
  });

export const approvalOutput = (zod: Zod) =>
  zod.object({ approval: approval(zod) });

export const approvalsOutput = (zod: Zod) =>
  zod.object({
    items: zod.array(approval(zod)),
    nextCursor: zod.string().optional(),
  });

export function approvalOutputOf(decided: Approval) {
  return { output: { approval: decided } };
}
