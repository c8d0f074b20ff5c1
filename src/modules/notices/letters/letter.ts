import type { Day } from '../../../shared/day.js';

/** One letter that staff print. */
export interface Letter {
  /** A language tag, which gives the direction of the text and the words of the date. */
  readonly language: string;
  readonly councilName: string;
  /** The name, then the lines of the address; the window shows six lines. */
  readonly recipient: readonly string[];
  /** The household's reference, such as `F-7K3M-2Q`. */
  readonly reference: string;
  readonly writtenOn: Day;
  readonly subject: string | null;
  /** Paragraphs with blank lines between them. */
  readonly body: string;
  /** What the QR code below the text says, if there is one. */
  readonly qrCode?: string;
}
