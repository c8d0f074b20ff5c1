import { unforced } from './tenant-table.js';

/** A history keeps, of each row, the states between which it led. */
interface Steps {
  readonly from: string;
  readonly to: string;
}

/**
 * SQL that gives every row of a table its place (`ordinal`) in the order in which the database took them in. Where the thing that a row is
 * about is locked before the row is written, that is the order in which things happened, whatever the clocks of the processes said. Old rows
 * are numbered in the given order, such as `id`.
 */
export function numbered(table: string, order: string): string {
  return numberedBy(
    table,
    `UPDATE ${table} t SET ordinal = o.ordinal
     FROM (SELECT ctid, row_number() OVER (ORDER BY ${order}) AS ordinal FROM ${table}) o WHERE t.ctid = o.ctid`,
  );
}

function numberedBy(table: string, numbering: string): string {
  return `
    ALTER TABLE ${table} ADD COLUMN ordinal bigint;
    ${unforced([table], numbering)};
    ALTER TABLE ${table} ALTER COLUMN ordinal SET NOT NULL, ALTER COLUMN ordinal ADD GENERATED ALWAYS AS IDENTITY;
    ${unforced([table], `SELECT setval(pg_get_serial_sequence('${table}', 'ordinal'), coalesce(max(ordinal), 0) + 1, false) FROM ${table}`)}`;
}

/**
 * SQL that makes a table the history of a thing: its rows have places, by which each thing's are found in order, and the time of none lies
 * before that of the one before it, so that the times can never contradict the places. `steps`: of old rows that are out of step in the
 * order of their ids, which clocks made, those in the order in which they lie, where that is more of a way.
 */
export function history(table: string, thing: string, steps?: Steps): string {
  return `
    ${steps ? numberedBy(table, inStep(table, thing, steps)) : numbered(table, 'id')};
    CREATE UNIQUE INDEX ${table}_in_order ON ${table} (council_id, ${thing}, ordinal);
    CREATE FUNCTION ${table}_time_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      new.at := greatest(new.at, (
        SELECT e.at FROM ${table} e WHERE e.council_id = new.council_id AND e.${thing} = new.${thing} ORDER BY e.ordinal DESC LIMIT 1));
      RETURN new;
    END $$;
    CREATE TRIGGER ${table}_time_goes_on BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_time_goes_on()`;
}

/** Nothing is ever deleted of a history, so that its rows lie as they came, but for the space of what was taken back. */
function inStep(table: string, thing: string, { from, to }: Steps): string {
  const breaks = (order: string) =>
    `(${from} IS DISTINCT FROM lag(${to}) OVER (PARTITION BY council_id, ${thing} ORDER BY ${order}))::integer`;
  const place = (order: string) => `row_number() OVER (PARTITION BY council_id, ${thing} ORDER BY ${order})`;
  return `
    WITH looked AS (
      SELECT ctid AS lies, council_id, ${thing} AS thing, row_number() OVER (ORDER BY id) AS ordinal, ${place('id')} AS by_id,
        ${place('ctid')} AS by_lie, ${breaks('id')} AS breaks_by_id, ${breaks('ctid')} AS breaks_by_lie
      FROM ${table}),
    way AS (
      SELECT council_id, thing, sum(breaks_by_lie) < sum(breaks_by_id) AS as_they_lie FROM looked GROUP BY council_id, thing),
    placed AS (
      SELECT l.lies, o.ordinal FROM looked l JOIN way w USING (council_id, thing)
      JOIN looked o ON o.council_id = l.council_id AND o.thing = l.thing AND o.by_id = CASE WHEN w.as_they_lie THEN l.by_lie ELSE l.by_id END)
    UPDATE ${table} t SET ordinal = p.ordinal FROM placed p WHERE t.ctid = p.lies`;
}

/** SQL that takes `history` back. */
export function dropHistory(table: string): string {
  return `
    DROP TRIGGER ${table}_time_goes_on ON ${table};
    DROP FUNCTION ${table}_time_goes_on();
    ALTER TABLE ${table} DROP COLUMN ordinal`;
}
