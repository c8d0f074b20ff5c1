import type { MigrationInterface, QueryRunner } from 'typeorm';

const EARLIEST = `
  SELECT min(l.overdue_from) FROM loans l WHERE l.council_id = new.council_id AND l.household_id = new.household_id AND l.state = 'open'`;

/** What a household's overdue day is, whoever wrote the loan; `before`: statements ahead of the one that reads it. */
const tellOverdue = (before: string) => `
  CREATE OR REPLACE FUNCTION tell_household_overdue() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    earliest date;
  BEGIN
    ${before}
    earliest := (${EARLIEST});
    UPDATE households h SET overdue_from = earliest
    WHERE h.council_id = new.council_id AND h.id = new.household_id AND h.overdue_from IS DISTINCT FROM earliest;
    RETURN NULL;
  END $$`;

/**
 * A statement sees what was committed when it began: the loans are read by one that begins once the household is locked, so that of two who
 * write loans of a household at once the later never writes what the earlier has made old.
 */
export class OverdueAfterLock1790000002530 implements MigrationInterface {
  readonly name = 'OverdueAfterLock1790000002530';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      tellOverdue('PERFORM FROM households h WHERE h.council_id = new.council_id AND h.id = new.household_id FOR NO KEY UPDATE;'),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(tellOverdue(''));
  }
}
