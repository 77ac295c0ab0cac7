import type { Run } from '@slipway/plugin-platform-common';

/** Tells what has become of a run since it was looked at last, a line each. */
export function progressOf(run: Run, told: Set<string>): string[] {
  const lines = [
    ...(run.queue
      ? [
          `In line behind "${run.queue.behindTitle}", in place ${run.queue.place}.`,
        ]
      : []),
    ...run.steps.flatMap(step => {
      switch (step.state) {
        case 'running':
          return [`${step.title} …`];
        case 'succeeded':
          return [`${step.title}: done.`];
        case 'failed':
          return [`${step.title}: failed. ${step.failure?.message ?? ''}`];
        default:
          return [];
      }
    }),
    ...run.waits
      .filter(({ state }) => state === 'open')
      .map(({ reason, approval }) =>
        approval
          ? `Waiting for approval by ${approval.approversText}: ${reason}`
          : `Waiting for ${reason}.`,
      ),
  ];
  const fresh = lines.filter(line => !told.has(line));
  fresh.forEach(line => told.add(line));
  return fresh;
}

/** Why a run did not succeed, what it left behind, and where something can be done about it. */
export function explainEnd(run: Run, url: string): string {
  const { message, hint } = run.failure ?? {};
  const verb = {
    cancelled: 'was cancelled',
    undone: 'was undone',
  }[run.state as string];
  const remains = run.remains.map(({ what, certain }) =>
    certain ? what : `${what} (perhaps)`,
  );
  const isOver = run.state === 'undone' || run.givenUp !== undefined;
  return [
    `${run.title} ${verb ?? 'failed'}${message ? `: ${message}` : '.'}`,
    hint,
    remains.length > 0 && `What it made: ${remains.join(', ')}.`,
    isOver
      ? `Start over from the template. The run: ${url}`
      : `Retry this task to go on from there; retry or undo the run on its page: ${url}`,
  ]
    .filter(Boolean)
    .join('\n');
}
