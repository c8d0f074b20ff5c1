/** Calls `work` when woken and every `pollMs`, never twice at once: however often it is woken meanwhile, one more round follows. */
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

  /** No further round; resolves once the present one is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }
}
