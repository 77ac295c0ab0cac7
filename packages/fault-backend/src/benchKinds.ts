import {
  createRunKind,
  type RunKind,
  waitForApproval,
} from '@slipway/plugin-platform-node';
import { z } from 'zod';
import { OWNER } from './people';

const input = z.object({ target: z.string() });
type BenchInput = z.infer<typeof input>;

function subject({ target }: BenchInput) {
  return Promise.resolve({ target, owner: OWNER });
}

/** Ten steps, one after the other, that do nothing. */
const tenSteps = createRunKind<BenchInput>({
  id: 'bench-ten-steps',
  version: 1,
  input,
  title: ({ target }) => `Ten steps on ${target}`,
  subject,
  steps: Array.from({ length: 10 }, (_, index) => ({
    id: `step-${index + 1}`,
    title: `Step ${index + 1}`,
    execute: async () => {},
  })),
});

/** The same, telling when each step's own code began. */
const clockedSteps = createRunKind<BenchInput>({
  id: 'bench-clocked-steps',
  version: 1,
  input,
  title: ({ target }) => `Clocked steps on ${target}`,
  subject,
  steps: Array.from({ length: 10 }, (_, index) => ({
    id: `step-${index + 1}`,
    title: `Step ${index + 1}`,
    execute: async () => ({ begunAt: Date.now() }),
  })),
});

/** Waits for a person. */
const waiting = createRunKind<BenchInput>({
  id: 'bench-approval',
  version: 1,
  input,
  title: ({ target }) => `Approval of ${target}`,
  subject,
  steps: [
    {
      id: 'ask',
      title: 'Ask',
      execute: async ({ resumed }) =>
        resumed
          ? {}
          : waitForApproval({
              reason: 'The bench wants somebody to look.',
              approvers: [{ entityRef: OWNER }],
            }),
    },
  ],
});

/**
 * Occupies a worker until the gate opens, so that what is started meanwhile lines up and is then worked off at full speed:
 * what is measured is the engine, and not the requests that start runs.
 */
function createGate(gate: { opened: Promise<void> }): RunKind {
  return createRunKind<BenchInput>({
    id: 'bench-gate',
    version: 1,
    input,
    title: ({ target }) => `Gate ${target}`,
    subject,
    steps: [
      {
        id: 'hold',
        title: 'Hold',
        execute: () => gate.opened,
      },
    ],
  });
}

/** The kinds that `npm run bench -- runs` uses. */
export function createBenchKinds(gate: { opened: Promise<void> }): RunKind[] {
  return [tenSteps, clockedSteps, waiting, createGate(gate)];
}
