import { type Lane, LANES } from './lanes.js';

export const PENDING = 'done_at IS NULL AND dead_at IS NULL';

/**
 * Leases are compared with the database's clock, due times with the application's clock ($1). So no clock of a process can prolong a lease.
 */
const IS_FREE = `${PENDING} AND (leased_until IS NULL OR leased_until < clock_timestamp())`;
const most = (place: number) => `$${place + 3}::integer`;
const all = (rowsOf: (lane: Lane) => string) => `due AS (${LANES.map(rowsOf).join(' UNION ALL ')})`;

const inTime = (lane: Lane, place: number) => `
  ${lane}_in_time AS MATERIALIZED (
    SELECT id, council_id, due_at, ordinal FROM outbox WHERE lane = '${lane}' AND due_at <= $1 AND ${IS_FREE}
    ORDER BY due_at, ordinal LIMIT ${most(place)} FOR UPDATE SKIP LOCKED)`;

/**
 * CTEs up to `due (id)`: free rows, which are locked, at most a given number of each lane ($3 and the parameters after it), in the order of
 * their due times. Each lane is searched separately, so that rows which wait in one lane do not slow down another.
 */
export const DUE_IN_TIME = `WITH ${LANES.map(inTime).join(',')}, ${all((lane) => `SELECT id FROM ${lane}_in_time`)}`;

const nextCouncil = (after: string) =>
  `SELECT council_id FROM outbox WHERE ${PENDING} AND council_id > ${after} ORDER BY council_id LIMIT 1`;

/**
 * The next councils ($8 is the most) after a council ($7) that have jobs, due now or later. The index `outbox_of_council` gives them one
 * after the other.
 */
const TURN = `
  turn (council_id, number) AS (
    SELECT first.council_id, 1 FROM (${nextCouncil('$7')}) first
    UNION ALL
    SELECT next.council_id, turn.number + 1 FROM turn CROSS JOIN LATERAL (${nextCouncil('turn.council_id')}) next
    WHERE turn.number < $8::integer)`;

/** Compared as whole rows, so that only the index of councils fits: another index would lead through all rows that are due before. */
const dueOfCouncil = (lane: Lane) => `
      (council_id, lane, due_at) >= (turn.council_id, '${lane}', '-infinity') AND (council_id, lane, due_at) <= (turn.council_id, '${lane}', $1)`;

const inTurn = (lane: Lane, place: number) => {
  const half = `((${most(place)} + 1) / 2)`;
  return `${inTime(lane, place)},
  ${lane}_in_turn AS MATERIALIZED (
    SELECT due.id FROM turn CROSS JOIN LATERAL (
      SELECT id, due_at, ordinal FROM outbox WHERE ${dueOfCouncil(lane)} AND ${IS_FREE}
      ORDER BY council_id, lane, due_at, ordinal LIMIT least(${half}, greatest(1, ${half} / $8::integer)) FOR UPDATE SKIP LOCKED) due
    WHERE turn.council_id <> (SELECT council_id FROM ${lane}_in_time ORDER BY due_at, ordinal LIMIT 1)
    ORDER BY turn.number, due.due_at, due.ordinal LIMIT ${half}),
  ${lane}_rows AS (
    SELECT id FROM ${lane}_in_turn
    UNION ALL
    (SELECT id FROM ${lane}_in_time WHERE id NOT IN (SELECT id FROM ${lane}_in_turn)
     ORDER BY due_at, ordinal LIMIT ${most(place)} - (SELECT count(*) FROM ${lane}_in_turn)))`;
};

/**
 * The same, but half of the rows come from councils whose turn it is. So a council with a hundred thousand due rows does not hold up the
 * others.
 */
export const DUE_IN_TURN = `WITH RECURSIVE ${TURN},${LANES.map(inTurn).join(',')}, ${all((lane) => `SELECT id FROM ${lane}_rows`)}`;

/** The council after which the next turn begins; null means that it begins with the first. */
export const LAST_IN_TURN = '(SELECT council_id FROM turn WHERE number = $8::integer)';
