import type { Day } from '../../../shared/day.js';

/** One letter of a batch that staff print. */
export interface Letter {
  /** A language tag: the direction of the text and the words of the date follow it. */
  readonly language: string;
  readonly councilName: string;
  /** Name, then the lines of the address; six lines are seen through the window. */
  readonly recipient: readonly string[];
  /** Of the household, such as `F-7K3M-2Q`. */
  readonly reference: string;
  readonly writtenOn: Day;
  readonly subject: string | null;
  /** Paragraphs with blank lines between them. */
  readonly body: string;
}
