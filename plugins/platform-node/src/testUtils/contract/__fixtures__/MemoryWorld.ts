import type { JsonObject } from '@backstage/types';

/** One thing in the world, as it is. */
export interface MemoryThing {
  size: number;
  access: boolean;
  /** The valid credentials, by name. */
  passwords: Record<string, string>;
  content?: string;
  takenBy?: string;
}

/** What the in-memory provider acts on: things by their names. A place of its own, so that it outlives the provider's death. */
export class MemoryWorld {
  readonly things = new Map<string, MemoryThing>();
  #effectsLeft: number;

  constructor(
    effectsLeft = Number.POSITIVE_INFINITY,
    things?: Map<string, MemoryThing>,
  ) {
    this.#effectsLeft = effectsLeft;
    this.things = things ?? this.things;
  }

  /** The same world for a process that dies. */
  dying(effects: number): MemoryWorld {
    return new MemoryWorld(effects, this.things);
  }

  /** One change of the world. */
  change(change: () => void): void {
    if (this.#effectsLeft <= 0) {
      throw new Error('The process has died.');
    }
    this.#effectsLeft -= 1;
    change();
  }

  attributes(name: string): JsonObject {
    const thing = this.things.get(name);
    return thing ? { size: thing.size, access: thing.access } : {};
  }
}
