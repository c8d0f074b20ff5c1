import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { drawLetter, FONTS } from './letter-page.js';
import type { Letter } from './letter.js';

/** A PDF document in which letters are drawn one after the other. The same letters make the same file. */
export class LettersDocument {
  private readonly document: InstanceType<typeof PDFDocument>;

  constructor(writtenAt: Date) {
    // No first font is named: a font that is registered as well would be read again each time it is used.
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      font: '',
      info: { Creator: 'Passerelle', CreationDate: writtenAt },
    });
    for (const [name, file] of Object.entries(FONTS)) this.document.registerFont(name, file);
  }

  /** Draws a letter, and returns the part of the file that is ready now. */
  draw(letter: Letter): Uint8Array[] {
    drawLetter(this.document, letter);
    return [...drained(this.document)];
  }

  /** Ends the document, and returns the rest of the file. */
  async end(): Promise<Uint8Array[]> {
    this.document.end();
    const rest: Uint8Array[] = [];
    for await (const chunk of this.document as AsyncIterable<Buffer>) rest.push(copyOf(chunk));
    return rest;
  }
}

/** Copies a chunk. Otherwise the whole buffer around it would be sent from thread to thread. */
const copyOf = (chunk: Buffer): Uint8Array => new Uint8Array(chunk);

function* drained(document: Readable): Generator<Uint8Array> {
  for (let chunk = document.read() as Buffer | null; chunk !== null; chunk = document.read() as Buffer | null) yield copyOf(chunk);
}
