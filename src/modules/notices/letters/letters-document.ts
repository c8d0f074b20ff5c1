import type { Readable } from 'node:stream';
import PDFDocument from 'pdfkit';
import { drawLetter, FONTS } from './letter-page.js';
import type { Letter } from './letter.js';

/** Letters drawn on pages one after the other. The same letters make the same file. */
export class LettersDocument {
  private readonly document: InstanceType<typeof PDFDocument>;

  constructor(writtenAt: Date) {
    // No first font: one that is registered too would be read anew each time it is named.
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      autoFirstPage: false,
      font: '',
      info: { Creator: 'Passerelle', CreationDate: writtenAt },
    });
    for (const [name, file] of Object.entries(FONTS)) this.document.registerFont(name, file);
  }

  /** What there is of the file now. */
  draw(letter: Letter): Uint8Array[] {
    drawLetter(this.document, letter);
    return [...drained(this.document)];
  }

  /** The rest of the file. */
  async end(): Promise<Uint8Array[]> {
    this.document.end();
    const rest: Uint8Array[] = [];
    for await (const chunk of this.document as AsyncIterable<Buffer>) rest.push(alone(chunk));
    return rest;
  }
}

/** Without the memory around it, which would go from thread to thread with it. */
const alone = (chunk: Buffer): Uint8Array => new Uint8Array(chunk);

function* drained(document: Readable): Generator<Uint8Array> {
  for (let chunk = document.read() as Buffer | null; chunk !== null; chunk = document.read() as Buffer | null) yield alone(chunk);
}
