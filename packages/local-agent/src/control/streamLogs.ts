import { once } from 'node:events';
import type { AgentLogLine } from '@slipway/plugin-platform-backend-module-local-runtime';
import type { WorkloadRef } from '@slipway/plugin-platform-node';
import { mergeByTime, type InstanceLogCursor } from '../logs/InstanceLog';
import type { WorkloadRegistry } from '../workloads/WorkloadRegistry';
import type { EventStream } from './EventStream';

/**
 * Sends the last lines of all instances of a workload in the order of time, then each new line until the
 * reader goes away. Instances that start later are part of it.
 */
export async function streamLogs(
  registry: WorkloadRegistry,
  ref: WorkloadRef,
  options: { tail: number; follow: boolean },
  stream: EventStream<AgentLogLine>,
): Promise<void> {
  const cursors = new Map<string, InstanceLogCursor>();
  const tails = (registry.find(ref)?.instances ?? []).map(instance => {
    const { lines, cursor } = instance.log.tail(options.tail);
    cursors.set(instance.record.instanceId, cursor);
    return lines;
  });
  const last = options.tail > 0 ? mergeByTime(tails).slice(-options.tail) : [];
  last.forEach(line => stream.send(line));
  while (options.follow && !stream.signal.aborted) {
    let moved = false;
    for (const { record, log } of registry.find(ref)?.instances ?? []) {
      const cursor = cursors.get(record.instanceId) ?? {
        stdout: undefined,
        stderr: undefined,
      };
      cursors.set(record.instanceId, cursor);
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
