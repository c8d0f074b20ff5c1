import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

const FILLED = ['households', 'contacts', 'unreachable_households'];

/** Households that no notice reaches: no contact that is to be notified has a telephone, an e-mail address or a postal one. */
const UNREACHABLE = (households: string) => `
  SELECT h.council_id, h.id FROM ${households} h WHERE NOT EXISTS (
    SELECT FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id AND c.notify
      AND (c.phone IS NOT NULL OR c.email IS NOT NULL OR c.address IS NOT NULL))`;

/** Keeps the few households that no notice reaches in a table of their own, whoever writes contacts. */
export class Reachability1790000001625 implements MigrationInterface {
  readonly name = 'Reachability1790000001625';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unreachable_households (
        council_id uuid NOT NULL,
        household_id uuid NOT NULL,
        PRIMARY KEY (council_id, household_id),
        CONSTRAINT unreachable_households_household FOREIGN KEY (council_id, household_id) REFERENCES households
      );
      ${tenantTable('unreachable_households', { grants: 'SELECT, INSERT, DELETE' })}`);
    // An owner who is no superuser would see no row of any council.
    for (const table of FILLED) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`INSERT INTO unreachable_households ${UNREACHABLE('households')}`);
    for (const table of FILLED) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      CREATE FUNCTION note_unreachable_households() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO unreachable_households ${UNREACHABLE('(SELECT DISTINCT council_id, id FROM changed)')}
        ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      CREATE FUNCTION note_reachable_households() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        WITH household AS (SELECT DISTINCT council_id, household_id AS id FROM changed),
        unreachable AS (${UNREACHABLE('household')}),
        reachable AS (
          DELETE FROM unreachable_households u USING household h
          WHERE u.council_id = h.council_id AND u.household_id = h.id AND NOT EXISTS (
            SELECT FROM unreachable o WHERE o.council_id = h.council_id AND o.id = h.id)
        )
        INSERT INTO unreachable_households SELECT council_id, id FROM unreachable ON CONFLICT DO NOTHING;
        RETURN NULL;
      END $$;
      CREATE TRIGGER households_reachable AFTER INSERT ON households
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_unreachable_households();
      CREATE TRIGGER contacts_come AFTER INSERT ON contacts
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_reachable_households();
      CREATE TRIGGER contacts_change AFTER UPDATE ON contacts
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_reachable_households();
      CREATE TRIGGER contacts_go AFTER DELETE ON contacts
        REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_reachable_households()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER contacts_go ON contacts;
      DROP TRIGGER contacts_change ON contacts;
      DROP TRIGGER contacts_come ON contacts;
      DROP TRIGGER households_reachable ON households;
      DROP FUNCTION note_reachable_households(), note_unreachable_households();
      DROP TABLE unreachable_households`);
  }
}
