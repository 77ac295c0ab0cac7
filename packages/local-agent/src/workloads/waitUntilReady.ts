import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '@slipway/plugin-platform-common';
import type { HttpProbe } from '@slipway/plugin-platform-node';
import { listListeningPorts } from '../processes/listeningPorts';
import type { ManagedProcess, ProcessExit } from '../processes/ManagedProcess';
import { probe, type ProbeResult } from './probe';
import type { Endpoint } from './types';

/** Most programs are ready within seconds, so that is when looking often pays. */
const FAST_POLL_MS = 25;
const FAST_POLLS = 120;
const SLOW_POLL_MS = 250;
/** A program that listens on one family only is found on either. */
const LOOPBACK = ['127.0.0.1', '::1'];

/** How waiting for a process to become ready ended. */
export type Readiness =
  | { kind: 'ready'; endpoint: Endpoint }
  | { kind: 'exited'; exit: ProcessExit }
  | { kind: 'failed'; failure: Failure };

/** Polls a process that was just started until it is ready, has ended, or ran out of time. */
export async function waitUntilReady(options: {
  process: ManagedProcess;
  label: string;
  port: number;
  probe: HttpProbe | undefined;
  timeoutMs: number;
  signal: AbortSignal;
  progress(text: string): void;
}): Promise<Readiness> {
  const { process, port, signal } = options;
  const exited = process.exited.then(
    exit => ({ kind: 'exited', exit }) as const,
  );
  const deadline = Date.now() + options.timeoutMs;
  let last: ProbeResult = { kind: 'refused' };
  for (let polls = 1; ; polls += 1) {
    const outcome = await Promise.race([
      exited,
      probeLoopback(port, options.probe),
    ]);
    if (outcome.kind === 'exited') {
      return outcome;
    }
    if (outcome.kind === 'ok') {
      if (await ownsPort(process, port)) {
        return { kind: 'ready', endpoint: { host: outcome.host, port } };
      }
    } else {
      if (outcome.kind === 'failed' && last.kind === 'refused') {
        options.progress(`It listens, and ${outcome.reason}; waiting.`);
      }
      last = outcome;
    }
    if (signal.aborted || Date.now() >= deadline) {
      return {
        kind: 'failed',
        failure: signal.aborted
          ? { message: `The start of ${options.label} was called off.` }
          : await explainTimeout(options, last),
      };
    }
    await Promise.race([
      exited,
      delay(polls < FAST_POLLS ? FAST_POLL_MS : SLOW_POLL_MS, undefined, {
        signal,
      }).catch(() => undefined),
    ]);
  }
}

/**
 * Whether it is this process that answers. Another program may have taken the port in the meantime, and
 * answer while this one is about to fail on it. Where the machine doesn't tell, it counts as ours.
 */
async function ownsPort(process: ManagedProcess, port: number) {
  const ports = await listListeningPorts(process.identity.pid);
  return process.running && (ports.length === 0 || ports.includes(port));
}

async function probeLoopback(
  port: number,
  httpProbe: HttpProbe | undefined,
): Promise<
  { kind: 'ok'; host: string } | Exclude<ProbeResult, { kind: 'ok' }>
> {
  let result: ProbeResult = { kind: 'refused' };
  for (const host of LOOPBACK) {
    result = await probe({ host, port }, httpProbe);
    if (result.kind === 'ok') {
      return { kind: 'ok', host };
    }
    if (result.kind === 'failed') {
      return result;
    }
  }
  return result;
}

async function explainTimeout(
  {
    process,
    port,
    timeoutMs,
    label,
  }: {
    process: ManagedProcess;
    port: number;
    timeoutMs: number;
    label: string;
  },
  last: ProbeResult,
): Promise<Failure> {
  const within = `within ${Math.round(timeoutMs / 100) / 10} s`;
  if (last.kind === 'failed') {
    return {
      message: `${label} did not become ready ${within}: it ${last.reason}.`,
      hint: 'See its log for what it waits for; the readiness probe stands in score.yaml.',
    };
  }
  const others = (await listListeningPorts(process.identity.pid)).filter(
    other => other !== port,
  );
  if (others.length > 0) {
    return {
      message: `${label} listens on port ${others.join(', ')} instead of the one in the environment variable PORT (${port}).`,
      hint: 'Read the port from PORT: the platform allocates it.',
    };
  }
  return {
    message: `${label} never listened on the port in the environment variable PORT (${port}) ${within}.`,
    hint: 'Start an HTTP server on PORT; see its log for what it does instead.',
  };
}
