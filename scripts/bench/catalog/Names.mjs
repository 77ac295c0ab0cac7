/** Names that nothing else of the same kind has. */
export class Names {
  #taken = new Map();

  /**
   * The name, or the name with a number where it is taken.
   *
   * @param {string} name
   */
  take(name) {
    const times = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, times);
    return times === 1 ? name : this.take(`${name}-${times}`);
  }
}
