/** A statement that may read more than it answers with. */
export interface Reason {
  /** The file that sends it. */
  readonly file: string;
  /** Found in its text; left out: every statement of the file. */
  readonly says?: RegExp;
  readonly reason: string;
}

export const REASONS: readonly Reason[] = [];
