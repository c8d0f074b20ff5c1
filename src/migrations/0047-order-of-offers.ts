import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, numbered, unforced } from '../platform/database/index.js';

/** Which offer of a line, which round and which decision came first. */
export class OrderOfOffers1790000002115 implements MigrationInterface {
  readonly name = 'OrderOfOffers1790000002115';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${numbered('offers', 'id')};
      DROP INDEX offers_of_line;
      CREATE INDEX offers_of_line ON offers (council_id, line_id, ordinal);
      ${numbered('standing_decisions', 'decided_at, id')};
      ${numbered('passed_over_lines', 'at, decision_id')};
      CREATE INDEX passed_over_lines_in_order ON passed_over_lines (council_id, line_id, ordinal);
      ${numbered('allocation_rounds', 'id')};
      -- Rounds are not decided in the order in which they were opened.
      CREATE SEQUENCE round_decisions;
      GRANT USAGE ON SEQUENCE round_decisions TO ${APPLICATION_ROLE};
      ALTER TABLE allocation_rounds ADD COLUMN decision_ordinal bigint;
      ${unforced(
        ['allocation_rounds'],
        `UPDATE allocation_rounds r SET decision_ordinal = o.ordinal FROM (
           SELECT ctid, row_number() OVER (ORDER BY decided_at, id) AS ordinal FROM allocation_rounds WHERE decided_at IS NOT NULL) o
         WHERE r.ctid = o.ctid;
         SELECT setval('round_decisions', coalesce(max(decision_ordinal), 0) + 1, false) FROM allocation_rounds`,
      )};
      DROP INDEX allocation_rounds_in_state, allocation_rounds_of_school;
      CREATE UNIQUE INDEX allocation_rounds_in_order ON allocation_rounds (council_id, ordinal);
      CREATE INDEX allocation_rounds_in_state ON allocation_rounds (council_id, state, ordinal);
      CREATE INDEX allocation_rounds_of_school ON allocation_rounds (council_id, owner_school_id, ordinal) WHERE owner_school_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX allocation_rounds_in_order, allocation_rounds_in_state, allocation_rounds_of_school;
      ALTER TABLE allocation_rounds DROP COLUMN decision_ordinal, DROP COLUMN ordinal;
      CREATE INDEX allocation_rounds_in_state ON allocation_rounds (council_id, state, id);
      CREATE INDEX allocation_rounds_of_school ON allocation_rounds (council_id, owner_school_id, id) WHERE owner_school_id IS NOT NULL;
      DROP SEQUENCE round_decisions;
      ALTER TABLE passed_over_lines DROP COLUMN ordinal;
      ALTER TABLE standing_decisions DROP COLUMN ordinal;
      DROP INDEX offers_of_line;
      ALTER TABLE offers DROP COLUMN ordinal;
      CREATE INDEX offers_of_line ON offers (council_id, line_id, id)`);
  }
}
