import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** The sources and what is built of them are equally far from it. */
const ROOT = new URL('../../../', import.meta.url).href;
const THREAD = builtModule(import.meta.url, './worker.thread');
/** A thread that has been idle for this long ends. */
const IDLE_MS = 30_000;
/** The memory limit of one thread. A thread that needs more ends, and the process goes on. */
const MOST_MEBIBYTES = 1024;

export interface ThreadRequest {
  readonly module: string;
  readonly input: unknown;
}

export interface ThreadResponse {
  readonly value?: unknown;
  /** The name of the error. */
  readonly error?: string;
}

/** Work that runs in a thread: the URL of a module whose default export does it. */
export interface ThreadTask<Work extends (input: never) => unknown> {
  readonly module: string;
  /** Never set; it only carries the type. */
  readonly work?: Work;
}

/**
 * The task of a module in the same folder as the caller's: `threadTask<typeof work>(import.meta.url, './solve.thread')`. A module that is not
 * there is an error at once and not when the first work is given to it.
 */
export function threadTask<Work extends (input: never) => unknown>(besides: string, name: string): ThreadTask<Work> {
  const module = builtModule(besides, name);
  if (!existsSync(module)) throw new Error(`there is no module ${module.pathname} for a thread; without dist/, run \`npm run build\``);
  return { module: module.href };
}

/**
 * The built module beside `besides`. Tests and benchmarks run from the TypeScript sources, after a build: a thread that compiled sources
 * itself would take a second to begin its work.
 */
function builtModule(besides: string, name: string): URL {
  return new URL(`${name}.js`, besides.replace(`${ROOT}src/`, `${ROOT}dist/`));
}

/** The pool cannot do the work: too many wait, or it took too long. */
export class PoolIsFull extends Error {
  constructor(readonly why: 'too_many_wait' | 'too_long' | 'stopped') {
    super(why);
    this.name = 'PoolIsFull';
  }
}

interface PoolLimits {
  /** The most threads. */
  readonly size: number;
  /** The most requests that wait for a thread. */
  readonly waiting: number;
  /** The longest time that a request waits for a thread, or for one answer of it. */
  readonly limitMs: number;
}

interface WaitingRequest {
  readonly resolve: (lease: ThreadLease) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

type Task = (input: never) => unknown;

/** A thread that one user has until it is given back. The state of the modules in it belongs to this user. */
export class ThreadLease {
  private isOver = false;
  private isAsked = false;

  constructor(
    private readonly thread: Worker,
    private readonly giveBack: (isUsable: boolean) => void,
  ) {
    thread.ref();
  }

  /**
   * Gives one answer at a time. @throws PoolIsFull after `limitMs`; work in a thread can only be stopped by ending the thread, and then the
   * lease ends too
   */
  ask<Work extends Task>({ module }: ThreadTask<Work>, input: Parameters<Work>[0], limitMs: number): Promise<Awaited<ReturnType<Work>>> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.isOver) {
        reject(new PoolIsFull('stopped'));
        return;
      }
      this.isAsked = true;
      const done = () => {
        this.isAsked = false;
        clearTimeout(timer);
        this.thread.off('message', onAnswer).off('error', onEnd).off('exit', onExit);
      };
      const onAnswer = ({ value, error }: ThreadResponse) => {
        done();
        if (error === undefined) resolve(value);
        else reject(new Error(`the work in a thread failed: ${error}`));
      };
      const onEnd = (error: Error) => {
        done();
        this.end(false);
        reject(error);
      };
      const onExit = (status: number) => onEnd(new Error(`a thread ended with ${status}`));
      const timer = setTimeout(() => onEnd(new PoolIsFull('too_long')), limitMs);
      this.thread.on('message', onAnswer).on('error', onEnd).on('exit', onExit);
      this.thread.postMessage({ module, input } satisfies ThreadRequest);
    }) as Promise<Awaited<ReturnType<Work>>>;
  }

  /** Gives the thread back. Further calls do nothing. */
  end(isUsable = true): void {
    if (this.isOver) return;
    this.isOver = true;
    // A thread that waits for work must not keep the process alive.
    this.thread.unref();
    // An answer that is still to come must not reach the next user of the thread.
    this.giveBack(isUsable && !this.isAsked);
  }
}

/** A few worker threads for work that would block the process. They are started when they are needed. */
export class ThreadPool {
  private readonly queue: WaitingRequest[] = [];
  private readonly taken = new Set<Worker>();
  private readonly ended = new WeakSet<Worker>();
  private readonly idle: { readonly thread: Worker; readonly timer: NodeJS.Timeout }[] = [];
  private isStopped = false;

  constructor(private readonly limits: PoolLimits) {}

  /** Runs a task in any free thread. @throws PoolIsFull when too many wait, or after `limitMs`, waiting included */
  async run<Work extends Task>(task: ThreadTask<Work>, input: Parameters<Work>[0]): Promise<Awaited<ReturnType<Work>>> {
    const begun = performance.now();
    const lease = await this.lease();
    try {
      return await lease.ask(task, input, this.limits.limitMs - (performance.now() - begun));
    } finally {
      lease.end();
    }
  }

  /** A thread for one user only. @throws PoolIsFull when too many wait, or after `limitMs` */
  lease(): Promise<ThreadLease> {
    return new Promise((resolve, reject) => {
      if (this.isStopped) reject(new PoolIsFull('stopped'));
      else if (this.taken.size < this.limits.size) resolve(this.take());
      else if (this.queue.length >= this.limits.waiting) reject(new PoolIsFull('too_many_wait'));
      else {
        const waiting: WaitingRequest = { resolve, reject, timer: setTimeout(() => this.giveUp(waiting), this.limits.limitMs) };
        this.queue.push(waiting);
      }
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const { reject, timer } of this.queue.splice(0)) {
      clearTimeout(timer);
      reject(new PoolIsFull('stopped'));
    }
    for (const { timer } of this.idle) clearTimeout(timer);
    const threads = [...this.idle.splice(0).map(({ thread }) => thread), ...this.taken];
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  private take(): ThreadLease {
    const rested = this.idle.pop();
    clearTimeout(rested?.timer);
    const thread = rested?.thread ?? this.start();
    this.taken.add(thread);
    return new ThreadLease(thread, (isUsable) => {
      this.taken.delete(thread);
      if (isUsable && !this.isStopped && !this.ended.has(thread)) this.rest(thread);
      else void thread.terminate();
      const next = this.isStopped ? undefined : this.queue.shift();
      clearTimeout(next?.timer);
      next?.resolve(this.take());
    });
  }

  private start(): Worker {
    const thread = new Worker(THREAD, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MOST_MEBIBYTES } });
    // The user of a thread is told of its error. A thread without a user is only removed.
    thread.on('error', () => this.forget(thread));
    thread.on('exit', () => this.forget(thread));
    return thread;
  }

  private rest(thread: Worker): void {
    const timer = setTimeout(() => {
      this.forget(thread);
      void thread.terminate();
    }, IDLE_MS);
    timer.unref();
    this.idle.push({ thread, timer });
  }

  private forget(thread: Worker): void {
    this.ended.add(thread);
    const place = this.idle.findIndex((each) => each.thread === thread);
    if (place >= 0) clearTimeout(this.idle.splice(place, 1)[0]?.timer);
  }

  private giveUp(waiting: WaitingRequest): void {
    const place = this.queue.indexOf(waiting);
    if (place >= 0) this.queue.splice(place, 1);
    waiting.reject(new PoolIsFull('too_long'));
  }
}
