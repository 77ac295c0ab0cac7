/** Something to look after now and then. */
export interface Chore {
  /** What it is also done for at once. Left out: nothing. */
  readonly wakesOn?: 'ended run' | 'waiting run';
  /** Does what there is to do; called again and again, on every backend. */
  sweep(): Promise<void>;
}

/** Never sweeps twice at a time; asked for meanwhile, once more afterwards. */
export function coalesced(chore: Chore): Chore {
  let running: Promise<void> | undefined;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await chore.sweep();
    } while (again);
  };
  return {
    wakesOn: chore.wakesOn,
    sweep() {
      if (running) {
        again = true;
      } else {
        running = loop().finally(() => {
          running = undefined;
        });
      }
      return running;
    },
  };
}
