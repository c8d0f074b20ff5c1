import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of one state in their order, loans by id and incidents as they were reported: closed loans and incidents are soon nearly all, and the open ones lie behind them. */
export class ListsByState1790000002200 implements MigrationInterface {
  readonly name = 'ListsByState1790000002200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX loans_closed ON loans (council_id, id) WHERE state = 'closed';
      CREATE INDEX incidents_in_state ON incidents (council_id, state, ordinal);
      CREATE INDEX incidents_of_kind ON incidents (council_id, kind, ordinal)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX incidents_of_kind, incidents_in_state, loans_closed');
  }
}
