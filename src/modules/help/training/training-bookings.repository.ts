import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';

/** The place of a household in a workshop. */
export interface TrainingBooking {
  readonly sessionId: string;
  readonly householdId: string;
  /** The actor who booked it, such as `user:…` or `contact:…`. */
  readonly bookedBy: string;
  readonly bookedAt: Date;
}

const BOOKING = 'session_id AS "sessionId", household_id AS "householdId", booked_by AS "bookedBy", booked_at AS "bookedAt"';
const LIST = `
  SELECT ${BOOKING} FROM training_bookings
  WHERE council_id = current_council() AND session_id = $1 AND household_id > $2 ORDER BY household_id LIMIT $3`;
const ONE = `SELECT ${BOOKING} FROM training_bookings WHERE council_id = current_council() AND session_id = $1 AND household_id = $2`;
const INSERT = `
  INSERT INTO training_bookings (council_id, session_id, household_id, booked_by, booked_at) VALUES (current_council(), $1, $2, $3, $4)
  RETURNING ${BOOKING}`;
const CANCEL = 'DELETE FROM training_bookings WHERE council_id = current_council() AND session_id = $1 AND household_id = $2';

/** The SQL of places in workshops. Whoever changes one has locked the workshop. */
@Injectable()
export class TrainingBookingsRepository {
  /** In the order of the ids of households. Returns one more than `limit` when more follow. */
  list(tx: Tx, sessionId: string, after: string | null, limit: number): Promise<TrainingBooking[]> {
    return tx.query<TrainingBooking>(LIST, [sessionId, after ?? NIL_ID, limit + 1]);
  }

  find(tx: Tx, sessionId: string, householdId: string): Promise<TrainingBooking | null> {
    return tx.one<TrainingBooking>(ONE, [sessionId, householdId]);
  }

  insert(tx: Tx, { sessionId, householdId, bookedBy, bookedAt }: TrainingBooking): Promise<TrainingBooking> {
    return tx.row<TrainingBooking>(INSERT, [sessionId, householdId, bookedBy, bookedAt]);
  }

  /** Returns false when the household had no place. */
  async cancel(tx: Tx, sessionId: string, householdId: string): Promise<boolean> {
    return (await tx.execute(CANCEL, [sessionId, householdId])) === 1;
  }
}
