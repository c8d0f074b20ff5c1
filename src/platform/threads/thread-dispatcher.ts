import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { PoolIsFull, ThreadPool, type ThreadTask } from './thread-pool.js';

/** One processor is left to the process itself. More than four threads would need too much memory. */
const AT_ONCE = Math.min(4, Math.max(2, availableParallelism() - 1));
const PATIENCE_MS = 15_000;
/** For requests. Few may wait, and none longer than proxies wait. */
const FOR_REQUESTS = { size: AT_ONCE, waiting: 20, limitMs: PATIENCE_MS };
/** For work of a fraction of a second, such as judging a password. It does not wait behind long work. */
const FOR_BRIEF_WORK = { size: 1, waiting: 50, limitMs: PATIENCE_MS };
/** The most requests of one caller that are computed or wait at the same time, so that those of other callers are answered too. */
const SHARE_OF_A_CALLER = 5;
/** For answers that are produced while they are read. Each has a thread until its reader has finished. */
const FOR_FILES = { size: 2, waiting: 5, limitMs: PATIENCE_MS };
/** A reader that is slower than this loses its thread. */
const LONGEST_FILE_MS = 300_000;
/** For jobs. The queue decides how many run at the same time, and the largest round takes minutes. */
const FOR_JOBS = { size: 2, waiting: Infinity, limitMs: 600_000 };

const WORDS = {
  too_many_wait: 'too much is being computed at this moment',
  too_long: 'this takes too long to compute now',
  stopped: 'the program is stopping',
} as const;

type Task = (input: never) => unknown;

/** A thread for one user only, so that its modules keep their state between two questions. */
export interface DedicatedThread {
  /** Gives one answer at a time. @throws Problem UNAVAILABLE when it takes too long */
  answer<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0]): Promise<Awaited<ReturnType<Work>>>;
  end(): void;
}

/** Runs work in worker threads that would otherwise block the process. */
@Injectable()
export class ThreadDispatcher implements OnApplicationShutdown {
  private readonly requests = new ThreadPool(FOR_REQUESTS);
  private readonly brief = new ThreadPool(FOR_BRIEF_WORK);
  private readonly ofCallers = new Map<string, number>();
  private readonly files = new ThreadPool(FOR_FILES);
  private readonly jobs = new ThreadPool(FOR_JOBS);

  /**
   * For a request that waits for the answer. Of each `caller` only a few are computed or wait at the same time.
   * @throws Problem UNAVAILABLE when too many wait, or when it takes too long
   */
  async answer<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0], caller: string): Promise<Awaited<ReturnType<Work>>> {
    const before = this.ofCallers.get(caller) ?? 0;
    if (before >= SHARE_OF_A_CALLER) unavailable(new PoolIsFull('too_many_wait'));
    this.ofCallers.set(caller, before + 1);
    try {
      return await this.requests.run(task, input).catch(unavailable);
    } finally {
      const left = (this.ofCallers.get(caller) ?? 1) - 1;
      if (left === 0) this.ofCallers.delete(caller);
      else this.ofCallers.set(caller, left);
    }
  }

  /** For a request that needs a fraction of a second of work. @throws Problem UNAVAILABLE when too many wait, or when it takes too long */
  answerBriefly<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0]): Promise<Awaited<ReturnType<Work>>> {
    return this.brief.run(task, input).catch(unavailable);
  }

  /** For a file that is produced while it is read. The caller must end it. @throws Problem UNAVAILABLE when too many wait */
  async forFile(): Promise<DedicatedThread> {
    const lease = await this.files.lease().catch(unavailable);
    const longest = setTimeout(() => lease.end(), LONGEST_FILE_MS).unref();
    return {
      answer: (task, input) => lease.ask(task, input, PATIENCE_MS).catch(unavailable),
      end: () => {
        clearTimeout(longest);
        lease.end();
      },
    };
  }

  /** For a job; when it fails, the job is tried again by the outbox. */
  work<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0]): Promise<Awaited<ReturnType<Work>>> {
    return this.jobs.run(task, input);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.requests.stop(), this.brief.stop(), this.files.stop(), this.jobs.stop()]);
  }
}

function unavailable(error: unknown): never {
  throw error instanceof PoolIsFull ? Problem.of('UNAVAILABLE', { detail: WORDS[error.why] }) : error;
}
