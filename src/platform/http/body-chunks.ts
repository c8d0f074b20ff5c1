import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

const CHUNK_BYTES = 2 * 1024;

/**
 * The body of a request in small chunks, with a turn for other work between two of them. A form parser works through each chunk in one go,
 * and its time grows faster than the size: 64 KiB of boundaries between empty parts took a quarter of a second, 2 KiB some milliseconds. It
 * takes the place of the request where a form is read.
 */
export class BodyChunks extends Readable {
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(private readonly request: IncomingMessage) {
    // At most one chunk waits here. If several waited, a reader that was slow for a while would then take all of them at once.
    super({ highWaterMark: 1 });
    this.chunks = chunksOf(request);
  }

  get headers(): IncomingMessage['headers'] {
    return this.request.headers;
  }

  get aborted(): boolean {
    return !this.request.complete && this.request.destroyed;
  }

  override _read(): void {
    this.chunks.next().then(
      ({ done, value }) => this.push(done === true ? null : value),
      (error: unknown) => this.destroy(error as Error),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    void this.chunks.return?.();
    done(error);
  }
}

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const received of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    for (let at = 0; at < received.length; at += CHUNK_BYTES) {
      yield received.subarray(at, at + CHUNK_BYTES);
      await setImmediate();
    }
  }
}
