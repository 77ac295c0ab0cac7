import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often to look whether the process is idle, in milliseconds. */
const LOOK_MS = 10_000;
/** Idle is a process whose event loop was busy for less than this part of the time since the last look. */
const IDLE_UTILIZATION = 0.15;
/** How much must have been added since the last collection to be worth another, in bytes. */
const WORTHWHILE_BYTES = 64 * 1024 * 1024;

/** What tells about a process, and what collects its garbage. */
export interface ProcessMemory {
  /** The part of the time since the last call in which the event loop was busy, from 0 to 1. */
  utilization(): number;
  /** Resident memory in bytes. */
  resident(): number;
  collect(): void;
}

/**
 * Collects garbage whenever the process is idle and has grown, and answers what to call now and then. V8 doesn't by itself: what the start
 * of a backend leaves behind, as large as all that it needs afterwards, stays with the process until something else needs room.
 */
export function createIdleCollector(memory: ProcessMemory): () => void {
  let afterLast = 0;
  return () => {
    const isIdle = memory.utilization() < IDLE_UTILIZATION;
    // What was collected is given back to the machine a moment later.
    afterLast = Math.min(afterLast, memory.resident());
    if (isIdle && memory.resident() - afterLast > WORTHWHILE_BYTES) {
      memory.collect();
      afterLast = memory.resident();
    }
  };
}

/** Gives memory that this process no longer needs back to the machine while it has nothing else to do. */
export function returnIdleMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  let last = performance.eventLoopUtilization();
  const look = createIdleCollector({
    utilization() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
    resident: () => process.memoryUsage.rss(),
    collect,
  });
  setInterval(look, LOOK_MS).unref();
}
