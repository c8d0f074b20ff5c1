import type { MigrationInterface, QueryRunner } from 'typeorm';
import { numbered, tenantTable, unforced } from '../platform/database/index.js';

/** Who was passed over, a bit a line: a decision may pass over a hundred thousand, and somebody stands at the desk while it is written. */
export class PassedOverBlocks1790000002565 implements MigrationInterface {
  readonly name = 'PassedOverBlocks1790000002565';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The lines whose ordinals lie in one block of 1024: bit n is set where line 1024 * block + n was passed over. No foreign keys, as before.
      CREATE TABLE passed_over_blocks (
        council_id uuid NOT NULL,
        block bigint NOT NULL,
        decision_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('placement', 'override')),
        at timestamptz NOT NULL,
        lines bit(1024) NOT NULL,
        PRIMARY KEY (council_id, block, decision_id)
      );
      ${numbered('passed_over_blocks', 'at')};
      CREATE INDEX passed_over_blocks_in_order ON passed_over_blocks (council_id, block, ordinal);
      ${unforced(
        ['passed_over_lines', 'request_lines'],
        `INSERT INTO passed_over_blocks (council_id, block, decision_id, kind, at, lines)
         SELECT p.council_id, l.ordinal / 1024, p.decision_id, p.kind, min(p.at), bit_or(set_bit(0::bit(1024), (l.ordinal % 1024)::integer, 1))
         FROM passed_over_lines p JOIN request_lines l ON l.council_id = p.council_id AND l.id = p.line_id
         GROUP BY p.council_id, l.ordinal / 1024, p.decision_id, p.kind ORDER BY min(p.ordinal)`,
      )};
      ${tenantTable('passed_over_blocks')};
      DROP TABLE passed_over_lines`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE passed_over_blocks;
      CREATE TABLE passed_over_lines (
        council_id uuid NOT NULL,
        line_id uuid NOT NULL,
        decision_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('placement', 'override')),
        at timestamptz NOT NULL,
        actor text NOT NULL,
        category text NOT NULL,
        site_id uuid NOT NULL,
        fund_id uuid,
        PRIMARY KEY (council_id, line_id, decision_id)
      );
      ${tenantTable('passed_over_lines', { grants: 'SELECT, INSERT' })};
      ${numbered('passed_over_lines', 'at, decision_id')};
      CREATE INDEX passed_over_lines_in_order ON passed_over_lines (council_id, line_id, ordinal)`);
  }
}
