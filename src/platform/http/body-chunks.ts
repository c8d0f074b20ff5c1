import type { IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

const CHUNK_BYTES = 8 * 1024;

/**
 * The body of a request in small pieces, others having their turn between two of them. Whoever reads a form works on what comes at once in
 * one go, and on much of it longer than in proportion: 64 KiB of borders between empty parts cost a quarter of a second, 8 KiB some
 * thousandths. Stands in for the request where a form is read.
 */
export class BodyChunks extends Transform {
  constructor(private readonly request: IncomingMessage) {
    super();
    request.once('error', (error) => this.destroy(error));
    request.once('close', () => {
      if (!request.readableEnded) this.destroy();
    });
    request.pipe(this);
  }

  get headers(): IncomingMessage['headers'] {
    return this.request.headers;
  }

  get aborted(): boolean {
    return !this.request.complete && this.request.destroyed;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hand(chunk).then(() => done(), done);
  }

  private async hand(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length && !this.destroyed; at += CHUNK_BYTES) {
      this.push(chunk.subarray(at, at + CHUNK_BYTES));
      await setImmediate();
    }
  }
}
