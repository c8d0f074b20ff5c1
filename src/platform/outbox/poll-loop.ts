/**
 * Calls `work` when it is woken and every `pollMs`, and never twice at the same time. However often it is woken while `work` runs, one more
 * call follows.
 */
export class PollLoop {
  private stopped = false;
  private wanted = false;
  private running = false;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    private readonly pollMs: number,
    /** Must not throw. */
    private readonly work: () => Promise<void>,
  ) {}

  get isStopped(): boolean {
    return this.stopped;
  }

  wake(): void {
    this.wanted = true;
    if (this.running || this.stopped) return;
    this.running = true;
    this.wanted = false;
    clearTimeout(this.timer);
    this.round = this.work().finally(() => {
      this.running = false;
      if (this.stopped) return;
      if (this.wanted) this.wake();
      else this.timer = setTimeout(() => this.wake(), this.pollMs).unref();
    });
  }

  /** Begins no further call, and resolves once the running one has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }
}
