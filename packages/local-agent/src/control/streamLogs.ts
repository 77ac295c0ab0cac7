import { once } from 'node:events';
import type { AgentLogLine } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import { mergeByTime, type ReleaseLogCursor } from '../logs/ReleaseLog';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import type { EventStream } from './EventStream';

/**
 * Sends the last lines of all releases of a workload in the order of time, then each new line until the
 * reader goes away. Releases that start later are part of it.
 */
export async function streamLogs(
  registry: WorkloadRegistry,
  ref: WorkloadRef,
  options: { tail: number; follow: boolean },
  stream: EventStream<AgentLogLine>,
): Promise<void> {
  const cursors = new Map<string, ReleaseLogCursor>();
  const tails = (registry.find(ref)?.releases ?? []).map(release => {
    const { lines, cursor } = release.log.tail(options.tail);
    cursors.set(release.record.releaseId, cursor);
    return lines;
  });
  const last = options.tail > 0 ? mergeByTime(tails).slice(-options.tail) : [];
  last.forEach(line => stream.send(line));
  while (options.follow && !stream.signal.aborted) {
    let moved = false;
    for (const { record, log } of registry.find(ref)?.releases ?? []) {
      const cursor = cursors.get(record.releaseId) ?? {
        stdout: undefined,
        stderr: undefined,
      };
      cursors.set(record.releaseId, cursor);
      const lines = log.read(cursor);
      lines.forEach(line => stream.send(line));
      moved ||= lines.length > 0;
    }
    await stream.drained();
    if (!moved) {
      await once(registry, 'printed', { signal: stream.signal }).catch(
        () => undefined,
      );
    }
  }
  stream.end();
}
