import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Loans with something of a class, and those for learners of a level, where there are few of them. */
export class LoansByKind1790000002535 implements MigrationInterface {
  readonly name = 'LoansByKind1790000002535';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX loan_items_of_class ON loan_items (council_id, class, loan_id);
      CREATE INDEX learners_of_level ON learners (council_id, level, household_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX learners_of_level, loan_items_of_class');
  }
}
