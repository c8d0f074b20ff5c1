import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from './embedded-server.js';

/** It is started again at most so often within a minute. */
const MOST = 3;
const WITHIN_MS = 60_000;
const PAUSE_MS = 1000;

/** Who is told of a server that ended although nobody had asked it to. */
export interface Supervision {
  readonly ended: (how: string) => void;
  readonly isBack: (afterMs: number) => void;
  /** It is not started again any more, and why: one line. */
  readonly giveUp: (reason: string) => void;
}

/** A server that is started again when it ends without being asked to: killed, out of memory, crashed. */
export class SupervisedServer {
  private readonly stopping = new AbortController();
  /** When it ended within the last minute. */
  private ends: number[] = [];
  private restarting: Promise<void> = Promise.resolve();

  /** `again` starts it where it was; it fails once the signal says so. */
  constructor(
    private server: Server,
    private readonly again: (stopping: AbortSignal) => Promise<Server>,
    private readonly supervision: Supervision,
  ) {
    this.watch();
  }

  /** Ends it for good, be it just being started again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.restarting;
    await this.server.stop();
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private watch(): void {
    void this.server.ended.then((how) => {
      if (!this.isStopping) this.restarting = this.restart(how);
    });
  }

  /** A start that fails counts as one more end: somebody may have killed it while it recovered. */
  private async restart(firstEnd: string): Promise<void> {
    const began = performance.now();
    for (let how = firstEnd; !this.isStopping;) {
      const now = performance.now();
      this.ends = [...this.ends.filter((at) => now - at < WITHIN_MS), now];
      if (this.ends.length > MOST) {
        this.supervision.giveUp(`PostgreSQL ended ${MOST + 1} times within a minute, the last time so: ${how}`);
        return;
      }
      this.supervision.ended(how);
      try {
        this.server = await this.again(this.stopping.signal);
        this.supervision.isBack(performance.now() - began);
        this.watch();
        return;
      } catch (error) {
        how = (error as Error).message.trim().split('\n').at(-1) ?? 'it did not start';
      }
      await pause(PAUSE_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
