import type { Tx } from '../database/index.js';
import { membersOf, type Reader } from '../../shared/stored-json.js';

/**
 * Trying again would not help: the row is set aside at once. `reason` is kept and shown to staff, so it names the kind of fault in constant
 * words, and never a person.
 */
export class PermanentFailure extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'PermanentFailure';
  }
}

/** What jobs of any kind work on: ids only, never personal data. */
type JobIds = Readonly<Record<string, string | number>>;

/** One due row, handed to its handler: with the ids of its kind, or those of them that the handler asks for. */
export interface Job<Ids = unknown> {
  readonly id: string;
  readonly councilId: string;
  readonly ids: Ids;
  readonly dueAt: Date;
  /** 1 at the first try. */
  readonly attempt: number;
  /**
   * Writes the job's effects and marks it done, in one transaction. A handler that only writes does all its work in here;
   * one that sends something first sends, then completes. One that never calls it had nothing to do.
   */
  complete(effects: (tx: Tx) => Promise<void>): Promise<void>;
}

/** The ids of a job of whatever kind, to be shown: texts and numbers, and nothing else. */
export const storedIds: Reader<JobIds> = (stored) =>
  Object.fromEntries(
    Object.entries(membersOf(stored)).filter((member): member is [string, string | number] =>
      ['string', 'number'].includes(typeof member[1]),
    ),
  );
