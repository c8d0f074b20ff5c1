import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

const OPEN_LOANS = (council: string, household: string) => `
  SELECT min(l.overdue_from) FROM loans l WHERE l.council_id = ${council} AND l.household_id = ${household} AND l.state = 'open'`;

/**
 * From which day a household has an overdue loan, on the household's own row, where whoever promises a device may read it: promises are
 * made below loans. It is written where loans are, whose writers hold the household's lock, so that no statement can forget it.
 */
export class HouseholdOverdue1790000002300 implements MigrationInterface {
  readonly name = 'HouseholdOverdue1790000002300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE households ADD COLUMN overdue_from date;
      ${unforced(
        ['households', 'loans'],
        `UPDATE households h SET overdue_from = open.overdue_from
         FROM (SELECT council_id, household_id, min(overdue_from) AS overdue_from FROM loans WHERE state = 'open' GROUP BY 1, 2) open
         WHERE open.council_id = h.council_id AND open.household_id = h.id`,
      )};
      CREATE FUNCTION tell_household_overdue() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        earliest date := (${OPEN_LOANS('new.council_id', 'new.household_id')});
      BEGIN
        UPDATE households h SET overdue_from = earliest
        WHERE h.council_id = new.council_id AND h.id = new.household_id AND h.overdue_from IS DISTINCT FROM earliest;
        RETURN NULL;
      END $$;
      CREATE TRIGGER loans_tell_household AFTER INSERT OR UPDATE OF state, due_on, grace_days ON loans FOR EACH ROW
        EXECUTE FUNCTION tell_household_overdue()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER loans_tell_household ON loans;
      DROP FUNCTION tell_household_overdue();
      ALTER TABLE households DROP COLUMN overdue_from`);
  }
}
