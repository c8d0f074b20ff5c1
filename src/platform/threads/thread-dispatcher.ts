import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { PoolIsFull, ThreadPool, type ThreadTask } from './thread-pool.js';

/** One processor stays for the process itself; more than four threads would need too much memory. */
const AT_ONCE = Math.min(4, Math.max(2, availableParallelism() - 1));
const PATIENCE_MS = 15_000;
/** For requests: few wait, and none for longer than proxies do. */
const FOR_REQUESTS = { size: AT_ONCE, waiting: 20, limitMs: PATIENCE_MS };
/** For what takes a part of a second, as to judge a password: long work of others does not stand before it. */
const FOR_BRIEF_WORK = { size: 1, waiting: 50, limitMs: PATIENCE_MS };
/** Of all that is computed or waits for requests, so much may be of one caller: the others' requests are answered too. */
const SHARE_OF_A_CALLER = 5;
/** For answers that are made while they are read: each has a thread for as long as its reader takes. */
const FOR_FILES = { size: 2, waiting: 5, limitMs: PATIENCE_MS };
/** Whoever reads a file drop by drop has its thread no longer. */
const LONGEST_FILE_MS = 300_000;
/** For jobs: how many there are at once is the queue's matter, and the largest round takes minutes. */
const FOR_JOBS = { size: 2, waiting: Infinity, limitMs: 600_000 };

const WORDS = {
  too_many_wait: 'too much is being computed at this moment',
  too_long: 'this takes too long to compute now',
  stopped: 'the program is stopping',
} as const;

type Task = (input: never) => unknown;

/** A thread that remembers what it was asked before. */
export interface DedicatedThread {
  /** One answer at a time. @throws Problem UNAVAILABLE when it takes too long */
  answer<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0]): Promise<Awaited<ReturnType<Work>>>;
  end(): void;
}

/** Runs what would hold up everybody else in threads beside the process. */
@Injectable()
export class ThreadDispatcher implements OnApplicationShutdown {
  private readonly requests = new ThreadPool(FOR_REQUESTS);
  private readonly brief = new ThreadPool(FOR_BRIEF_WORK);
  private readonly ofCallers = new Map<string, number>();
  private readonly files = new ThreadPool(FOR_FILES);
  private readonly jobs = new ThreadPool(FOR_JOBS);

  /**
   * For somebody who waits for the answer; `caller`: of whom no more than a share is computed at a time.
   * @throws Problem UNAVAILABLE when too many wait, or it takes too long
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

  /** For somebody who waits for what takes a part of a second. @throws Problem UNAVAILABLE when too many wait, or it takes too long */
  answerBriefly<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0]): Promise<Awaited<ReturnType<Work>>> {
    return this.brief.run(task, input).catch(unavailable);
  }

  /** For a file that is made while it is read; whoever has it ends it. @throws Problem UNAVAILABLE when too many wait */
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

  /** For a job, whose own retries follow where it fails. */
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
