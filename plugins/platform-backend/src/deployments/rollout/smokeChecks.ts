import {
  OperationFailedError,
  type SmokeCheck,
  type StepContext,
  type Traffic,
  type WorkloadRef,
} from '@slipway/plugin-platform-node';

/** How much of an answer is told where it is not the right one. */
const SHOWN = 200;

/** Makes every check of an instance, one after the other. Throws `OperationFailedError` with what the first that fails got instead. */
export async function runSmokeChecks(
  runtime: Pick<Traffic, 'probe'>,
  instance: { ref: WorkloadRef; instanceId: string },
  checks: SmokeCheck[],
  { log, signal }: Pick<StepContext, 'log' | 'signal'>,
): Promise<void> {
  for (const { name, request, expect, timeoutSeconds } of checks) {
    const answer = await runtime
      .probe(
        instance.ref,
        instance.instanceId,
        { ...request, timeoutMs: timeoutSeconds * 1_000 },
        signal,
      )
      .catch((error: Error) => {
        signal.throwIfAborted();
        throw failed(name, error.message);
      });
    const asked = `${request.method} ${request.path}`;
    if (answer.status !== expect.status) {
      throw failed(
        name,
        `${asked} answered ${answer.status} instead of ${expect.status}: ${shown(answer.body)}`,
      );
    }
    if (
      expect.contains !== undefined &&
      !answer.body.includes(expect.contains)
    ) {
      throw failed(
        name,
        `${asked} answered without "${expect.contains}": ${shown(answer.body)}`,
      );
    }
    log(
      `${name}: ${asked} answered ${answer.status} in ${Math.round(answer.durationMs)} ms.`,
    );
  }
}

function shown(body: string): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line || '(nothing)';
}

function failed(name: string, what: string): OperationFailedError {
  return new OperationFailedError({
    message: `The smoke check "${name}" failed: ${what}`,
    hint: 'The release before serves on. Mend the service or the check in delivery.yaml, and push again.',
  });
}
