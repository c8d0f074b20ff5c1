import type { Letter } from './letter.js';
import { LettersDocument } from './letters-document.js';

/** What the thread that draws a file is asked to do: begin it, draw a letter, end it. */
export type LettersTask =
  { readonly step: 'begin'; readonly writtenAt: Date } | { readonly step: 'draw'; readonly letter: Letter } | { readonly step: 'end' };

let document: LettersDocument | null = null;

/** The function that LetterRenderer runs in a thread, for one file at a time. */
export default async function letters(task: LettersTask): Promise<Uint8Array[]> {
  if (task.step === 'begin') {
    document = new LettersDocument(task.writtenAt);
    return [];
  }
  if (!document) throw new Error('the file was not begun');
  if (task.step === 'draw') return document.draw(task.letter);
  const rest = await document.end();
  document = null;
  return rest;
}
