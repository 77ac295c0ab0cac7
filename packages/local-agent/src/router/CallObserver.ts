import type { Socket } from 'node:net';
import type { ObservedCall, WorkloadRef } from '@slipway/plugin-platform-node';
import { ownerOfConnection } from '../processes/ownerOfConnection';
import { workloadName } from '../workloads/types';

/** How long after a look the next one may begin, in milliseconds: it goes through the descriptors of all processes. */
const PAUSE_MS = 1_000;
/** The same where it found nobody: who calls is most often a browser. */
const LONG_PAUSE_MS = 5_000;
/** How many pairs of services are remembered. */
const MOST = 10_000;

/** A workload, and the process groups it has. */
export interface RunningWorkload {
  ref: WorkloadRef;
  groups: number[];
}

/**
 * Sees which service calls which: a connection to the router belongs to a process, and that to a workload. It doesn't look at every connection, so
 * that requests don't wait for it; who calls often is seen soon.
 */
export class CallObserver {
  readonly #running: () => RunningWorkload[];
  readonly #callers = new WeakMap<Socket, WorkloadRef>();
  readonly #calls = new Map<string, ObservedCall>();
  #nextLook = 0;

  /** @param running - what runs now */
  constructor(running: () => RunningWorkload[]) {
    this.#running = running;
  }

  /** A request came for a workload over a connection. */
  request(to: WorkloadRef, socket: Socket): void {
    const from = this.#callers.get(socket);
    if (from) {
      this.#note(from, to);
    } else if (Date.now() >= this.#nextLook) {
      this.#nextLook = Infinity;
      void this.#look(to, socket);
    }
  }

  /** What was seen since the agent started. */
  list(): ObservedCall[] {
    return [...this.#calls.values()];
  }

  async #look(to: WorkloadRef, socket: Socket): Promise<void> {
    const { localPort, remotePort } = socket;
    const running = this.#running();
    const group =
      localPort && remotePort
        ? await ownerOfConnection(
            // As the other side has it.
            { localPort: remotePort, remotePort: localPort },
            running.flatMap(({ groups }) => groups),
          )
        : undefined;
    const from = running.find(
      ({ groups }) => group !== undefined && groups.includes(group),
    )?.ref;
    this.#nextLook = Date.now() + (from ? PAUSE_MS : LONG_PAUSE_MS);
    if (from) {
      this.#callers.set(socket, from);
      this.#note(from, to);
    }
  }

  #note(from: WorkloadRef, to: WorkloadRef): void {
    const key = `${workloadName(from)} ${workloadName(to)}`;
    const known = this.#calls.get(key);
    if (known) {
      known.at = new Date().toISOString();
    } else if (this.#calls.size < MOST) {
      this.#calls.set(key, { from, to, at: new Date().toISOString() });
    }
  }
}
