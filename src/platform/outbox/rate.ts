const SECOND_MS = 1000;

/** Lets through no more than so many in one second, as long as one process lasts. */
export class Rate {
  private began = -Infinity;
  private taken = 0;

  constructor(private readonly perSecond: number) {}

  /** How many may go at this moment, in milliseconds of any steady clock. */
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

  /** Milliseconds until more may go. */
  pause(at: number): number {
    return Math.max(0, this.began + SECOND_MS - at);
  }
}
