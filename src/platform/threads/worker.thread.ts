import { parentPort } from 'node:worker_threads';
import type { ThreadRequest, ThreadResponse } from './thread-pool.js';

// What runs in each thread of a pool: a module and its input come in, what its default export makes of it goes out.
parentPort?.on('message', ({ module, input }: ThreadRequest) => {
  void answer(module, input).then((said) => parentPort?.postMessage(said));
});

async function answer(module: string, input: unknown): Promise<ThreadResponse> {
  try {
    const { default: work } = (await import(module)) as { default: (input: unknown) => unknown };
    return { value: await work(input) };
  } catch (error) {
    // The message of an error may quote what it was given.
    return { error: error instanceof Error ? error.name : 'Error' };
  }
}
