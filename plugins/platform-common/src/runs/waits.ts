import type { JsonObject } from '@backstage/types';

/** What can end a wait. */
export const WAIT_KINDS = ['approval', 'event', 'time', 'callback'] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

export const WAIT_STATES = [
  'open',
  'resumed',
  'rejected',
  'expired',
  'cancelled',
] as const;
export type WaitState = (typeof WAIT_STATES)[number];

/** What one person said about an approval. */
export interface Vote {
  /** The entity reference of the person. */
  person: string;
  verdict: 'approved' | 'rejected';
  comment?: string;
  at: string;
}

/** Who may decide, and how many of them it takes. */
export interface ApprovalTerms {
  /** The entity references of the people and teams whose members may decide; never the one who asked. */
  approvers: string[];
  /** The approvers in words: `a second person of payments`. */
  approversText: string;
  /** How many different people must approve. */
  quorum: number;
}

/** Something a run waits for, without anybody being busy with it. Times are ISO 8601 in UTC. */
export interface RunWait {
  id: string;
  runId: string;
  /** Missing where the whole run waits, before it starts. */
  stepId?: string;
  kind: WaitKind;
  state: WaitState;
  /** Whose time it costs. */
  waitsFor: 'people' | 'machines';
  /** Why, in words people read: `the pipeline of a41f9c2`. */
  reason: string;
  approval?: ApprovalTerms & { votes: Vote[] };
  createdAt: string;
  /** When it ends by itself: a time's end, and everything else's expiry. */
  dueAt?: string;
  endedAt?: string;
  /** What came with the event or callback. */
  payload?: JsonObject;
}

/** An approval with as much of its run as somebody needs to decide. */
export interface Approval {
  id: string;
  state: WaitState;
  reason: string;
  approversText: string;
  approvers: string[];
  quorum: number;
  votes: Vote[];
  createdAt: string;
  expiresAt?: string;
  endedAt?: string;
  run: {
    id: string;
    kind: string;
    title: string;
    state: string;
    requestedBy: string;
    owner: string;
    service?: string;
    environment?: string;
  };
  /** Whether the caller may decide, and if not, why. */
  mayDecide: boolean;
  mayNotDecideBecause?: string;
}
