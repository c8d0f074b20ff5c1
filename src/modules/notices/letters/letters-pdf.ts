import { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { drawLetter, FONTS } from './letter-page.js';
import type { Letter } from './letter.js';

/**
 * All letters as one PDF, each on pages of its own. The next letter is drawn when the reader has taken the one before, so that a batch of
 * any size needs little memory; an error while drawing or reading the letters ends the stream with it. The same letters make the same file.
 */
export function lettersPdf(letters: Iterable<Letter> | AsyncIterable<Letter>, writtenAt: Date): Readable {
  return Readable.from(pages(letters, writtenAt), { objectMode: false });
}

async function* pages(letters: Iterable<Letter> | AsyncIterable<Letter>, writtenAt: Date): AsyncGenerator<Buffer> {
  // No first font: one that is registered too would be read anew each time it is named.
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    font: '',
    info: { Creator: 'Passerelle', CreationDate: writtenAt },
  });
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
  for await (const letter of letters) {
    drawLetter(document, letter);
    yield* drained(document);
  }
  document.end();
  yield* document as AsyncIterable<Buffer>;
}

function* drained(document: Readable): Generator<Buffer> {
  for (let chunk = document.read() as Buffer | null; chunk !== null; chunk = document.read() as Buffer | null) yield chunk;
}
