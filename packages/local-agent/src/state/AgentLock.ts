import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  identifyProcess,
  isSameProcess,
  type ProcessIdentity,
} from '../processes/processIdentity';
import { AgentError } from '../AgentError';
import { writeFileAtomically } from './writeFileAtomically';

/** Keeps a second agent off the same state; the lock of an agent that died counts for nothing. */
export class AgentLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  static acquire(stateDirectory: string): AgentLock {
    const file = path.join(stateDirectory, 'agent.lock');
    const holder = readHolder(file);
    if (holder && holder.pid !== process.pid && isSameProcess(holder)) {
      throw new AgentError(
        'ConflictError',
        `Another local agent (process ${holder.pid}) already works on ${stateDirectory}.`,
        'Stop it first, or use the portal that it belongs to.',
      );
    }
    writeFileAtomically(file, JSON.stringify(identifyProcess(process.pid)));
    return new AgentLock(file);
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
