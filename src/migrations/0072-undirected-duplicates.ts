import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

const PAIR = 'council_id, least(household_id, other_id), greatest(household_id, other_id)';

/**
 * Two files are one pair, whichever of them was written later (`household_id`): what somebody has settled does not come back the other way
 * round. The rows have no foreign keys: checking them would lock the other family's file, and two who look like each other would wait for
 * each other. Households are never deleted.
 */
export class UndirectedDuplicates1790000002540 implements MigrationInterface {
  readonly name = 'UndirectedDuplicates1790000002540';

  async up(runner: QueryRunner): Promise<void> {
    const once = `
      DELETE FROM possible_duplicates p USING (
        SELECT council_id, id, row_number() OVER (PARTITION BY ${PAIR} ORDER BY settled_at IS NULL, id) AS number FROM possible_duplicates) same
      WHERE p.council_id = same.council_id AND p.id = same.id AND same.number > 1`;
    await runner.query(`
      ${unforced(['possible_duplicates'], once)};
      ALTER TABLE possible_duplicates DROP CONSTRAINT possible_duplicates_pair, DROP CONSTRAINT possible_duplicates_household,
        DROP CONSTRAINT possible_duplicates_other;
      CREATE UNIQUE INDEX possible_duplicates_pair ON possible_duplicates (${PAIR})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const directed = `
      ALTER TABLE possible_duplicates
        ADD CONSTRAINT possible_duplicates_pair UNIQUE (council_id, household_id, other_id),
        ADD CONSTRAINT possible_duplicates_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        ADD CONSTRAINT possible_duplicates_other FOREIGN KEY (council_id, other_id) REFERENCES households`;
    await runner.query(`
      DROP INDEX possible_duplicates_pair;
      ${unforced(['possible_duplicates', 'households'], directed)}`);
  }
}
