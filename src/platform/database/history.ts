/**
 * SQL that makes a table the history of a thing. Its rows have places (`ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY`) in the order in
 * which the database took them in: where the thing that a row is about is locked before the row is written, that is the order in which things
 * happened, whatever the clocks of the processes said. By them each thing's rows are found in order, and the time of none lies before that of
 * the one before it, so that the times can never contradict the places.
 */
export function history(table: string, thing: string): string {
  return `
    CREATE UNIQUE INDEX ${table}_in_order ON ${table} (council_id, ${thing}, ordinal);
    CREATE FUNCTION ${table}_time_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      new.at := greatest(new.at, (
        SELECT e.at FROM ${table} e WHERE e.council_id = new.council_id AND e.${thing} = new.${thing} ORDER BY e.ordinal DESC LIMIT 1));
      RETURN new;
    END $$;
    CREATE TRIGGER ${table}_time_goes_on BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${table}_time_goes_on()`;
}

/** SQL that takes away what is left of a history once its table is gone. */
export function dropHistory(table: string): string {
  return `DROP FUNCTION ${table}_time_goes_on()`;
}
