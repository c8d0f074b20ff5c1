import { parentPort } from 'node:worker_threads';
import type { ThreadRequest, ThreadResponse } from './thread-pool.js';

// Runs in each thread of a pool: receives a module and its input, and sends back what the module's default export returns.
parentPort?.on('message', ({ module, input }: ThreadRequest) => {
  void answer(module, input).then((said) => parentPort?.postMessage(said));
});

async function answer(module: string, input: unknown): Promise<ThreadResponse> {
  try {
    const { default: work } = (await import(module)) as { default: (input: unknown) => unknown };
    return { value: await work(input) };
  } catch (error) {
    // The message of an error may quote its input, so only the name is sent.
    return { error: error instanceof Error ? error.name : 'Error' };
  }
}
