import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

/** Sites and funds are found by their names as people write them. */
export class PlaceNames1790000002410 implements MigrationInterface {
  readonly name = 'PlaceNames1790000002410';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sites ADD COLUMN name_key text;
      ALTER TABLE funds ADD COLUMN name_key text;
      CREATE FUNCTION note_name_key() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.name_key := folded_text(NEW.name);
        RETURN NEW;
      END $$;
      CREATE TRIGGER sites_name_key BEFORE INSERT OR UPDATE OF name ON sites FOR EACH ROW EXECUTE FUNCTION note_name_key();
      CREATE TRIGGER funds_name_key BEFORE INSERT OR UPDATE OF name ON funds FOR EACH ROW EXECUTE FUNCTION note_name_key()`);
    await runner.query(unforced(['sites', 'funds'], 'UPDATE sites SET name = name; UPDATE funds SET name = name'));
    await runner.query(`
      ALTER TABLE sites ALTER COLUMN name_key SET NOT NULL;
      ALTER TABLE funds ALTER COLUMN name_key SET NOT NULL;
      DROP INDEX sites_by_name;
      CREATE INDEX sites_by_name ON sites (council_id, name_key);
      CREATE INDEX funds_by_name ON funds (council_id, name_key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER sites_name_key ON sites;
      DROP TRIGGER funds_name_key ON funds;
      DROP FUNCTION note_name_key();
      ALTER TABLE sites DROP COLUMN name_key;
      ALTER TABLE funds DROP COLUMN name_key;
      CREATE INDEX sites_by_name ON sites (council_id, lower(name))`);
  }
}
