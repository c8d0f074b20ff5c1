const SECOND_MS = 1000;

/** Lets through at most a number of jobs in one second, within this process. */
export class Rate {
  private began = -Infinity;
  private taken = 0;

  constructor(private readonly perSecond: number) {}

  /** How many may begin at this moment. `at` is in milliseconds of a clock that never jumps. */
  left(at: number): number {
    return at - this.began >= SECOND_MS ? this.perSecond : this.perSecond - this.taken;
  }

  take(count: number, at: number): void {
    if (at - this.began >= SECOND_MS) {
      this.began = at;
      this.taken = 0;
    }
    this.taken += count;
  }

  /** The milliseconds until more may begin. */
  pause(at: number): number {
    return Math.max(0, this.began + SECOND_MS - at);
  }
}
