import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { type DedicatedThread, ThreadDispatcher, threadTask } from '../../../platform/index.js';
import type { Letter } from './letter.js';
import { lettersPdf, type LettersWriter } from './letters-pdf.js';
import type letters from './letters.thread.js';

const LETTERS = threadTask<typeof letters>(import.meta.url, './letters.thread');

/** Draws the letters of a file in a thread, since a page takes some hundredths of a second, and its fonts some tenths. */
@Injectable()
export class LetterRenderer {
  constructor(private readonly threads: ThreadDispatcher) {}

  /** Takes a thread for one file, and the caller must close it. @throws Problem UNAVAILABLE when too many files are being drawn */
  async begin(writtenAt: Date): Promise<LettersWriter & { close(): void }> {
    const thread = await this.threads.forFile();
    await thread.answer(LETTERS, { step: 'begin', writtenAt }).catch(endedWith(thread));
    return {
      draw: (letter) => thread.answer(LETTERS, { step: 'draw', letter }),
      end: () => thread.answer(LETTERS, { step: 'end' }),
      close: () => thread.end(),
    };
  }

  /** Returns the file, which is drawn while it is read. Its thread is given back when the stream closes, for whatever reason. */
  render(source: Iterable<Letter> | AsyncIterable<Letter>, writer: LettersWriter & { close(): void }): Readable {
    return lettersPdf(source, writer).once('close', () => writer.close());
  }

  /** Returns a file of one letter. @throws Problem UNAVAILABLE when too many files are being drawn */
  async one(letter: Letter, writtenAt: Date): Promise<Buffer> {
    return buffer(this.render([letter], await this.begin(writtenAt)));
  }
}

const endedWith =
  (thread: DedicatedThread) =>
  (error: unknown): never => {
    thread.end();
    throw error;
  };
