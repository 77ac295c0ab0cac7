/** Deals requests out by percent, as evenly as whole requests let: of ten at 30 %, every third or fourth. */
export class TrafficSplit {
  #owed = 0;

  /** Whether the next request belongs to the share of so many percent. */
  take(percent: number): boolean {
    this.#owed += percent;
    if (this.#owed < 100) {
      return false;
    }
    this.#owed -= 100;
    return true;
  }
}
