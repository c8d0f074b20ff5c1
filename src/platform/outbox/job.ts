import type { Tx } from '../database/index.js';
import { membersOf, type Reader } from '../../shared/stored-json.js';

/**
 * To try again would not help, so the row is set aside at once. `reason` is stored and shown to staff. So it names the kind of fault in
 * fixed words, and never a person.
 */
export class PermanentFailure extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'PermanentFailure';
  }
}

/** The ids of jobs of any kind. They are never personal data. */
type JobIds = Readonly<Record<string, string | number>>;

/** One due row as its handler receives it, with all ids of its kind or those that the handler needs. */
export interface Job<Ids = unknown> {
  readonly id: string;
  readonly councilId: string;
  readonly ids: Ids;
  readonly dueAt: Date;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /**
   * Writes the effects of the job and marks it done, in one transaction. A handler that only writes does all its work in it; one that sends
   * something sends first, then calls it. A handler that does not call it had nothing to do.
   */
  complete(effects: (tx: Tx) => Promise<void>): Promise<void>;
}

/** Reads the ids of a job of any kind in order to show them: texts and numbers, and nothing else. */
export const storedIds: Reader<JobIds> = (stored) =>
  Object.fromEntries(
    Object.entries(membersOf(stored)).filter((member): member is [string, string | number] =>
      ['string', 'number'].includes(typeof member[1]),
    ),
  );
