import { Readable } from 'node:stream';
import type { Letter } from './letter.js';

/** Draws letters; each call returns the part of the file that is ready by then. */
export interface LettersWriter {
  draw(letter: Letter): Uint8Array[] | Promise<Uint8Array[]>;
  end(): Promise<Uint8Array[]>;
}

/**
 * Returns all letters as one PDF, each on pages of its own. The next letter is drawn when the reader has taken the one before, so that a batch
 * of any size needs little memory. An error while drawing or reading the letters ends the stream with that error.
 */
export function lettersPdf(letters: Iterable<Letter> | AsyncIterable<Letter>, writer: LettersWriter): Readable {
  return Readable.from(pages(letters, writer), { objectMode: false });
}

async function* pages(letters: Iterable<Letter> | AsyncIterable<Letter>, writer: LettersWriter): AsyncGenerator<Uint8Array> {
  for await (const letter of letters) yield* await writer.draw(letter);
  yield* await writer.end();
}
