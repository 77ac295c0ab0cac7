import type { JobSchedule } from '@slipway/plugin-platform-common';
import { nextTime } from './nextTime';

/** The clock of the machine may be set, and the machine may sleep: it is looked at least this often. */
const LONGEST_SLEEP_MS = 30_000;
/** A clock that goes back by less was only corrected: what was done then isn't done again. */
const CORRECTION_MS = 60_000;

/** Tells when the times of a schedule come. However many went by unseen, it tells once. */
export class JobTimer {
  readonly #schedule: JobSchedule;
  readonly #due: (at: Date) => void;
  #timer: NodeJS.Timeout | undefined;
  #next: Date | undefined;
  #seen = Date.now();

  /** @param due - is told the first time that came; called when `next` is already the one after */
  constructor(schedule: JobSchedule, due: (at: Date) => void) {
    this.#schedule = schedule;
    this.#due = due;
  }

  get next(): Date | undefined {
    return this.#next;
  }

  /** @param missed - a time that was to come; where it has gone by, it comes at once */
  start(missed?: Date): void {
    const now = new Date();
    this.#seen = now.getTime();
    this.#next = missed && missed <= now ? missed : this.#after(now);
    this.#sleep();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    const now = new Date();
    if (now.getTime() < this.#seen - CORRECTION_MS) {
      this.#next = this.#after(now);
    }
    this.#seen = now.getTime();
    const due = this.#next;
    if (due && due <= now) {
      this.#next = this.#after(now);
      this.#due(due);
    }
    this.#sleep();
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    if (this.#next) {
      const untilThen = Math.max(0, this.#next.getTime() - Date.now());
      this.#timer = setTimeout(
        () => this.#look(),
        Math.min(untilThen, LONGEST_SLEEP_MS),
      );
      this.#timer.unref();
    }
  }

  #after(time: Date): Date | undefined {
    return nextTime(this.#schedule, time);
  }
}
