/** Holds until it is opened; can be closed again. */
export class Gate {
  #open: () => void = () => {};
  #opened: Promise<void> = Promise.resolve();

  /** Resolves when the gate is open. */
  get opened(): Promise<void> {
    return this.#opened;
  }

  close(): void {
    this.#opened = new Promise(resolve => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }
}
