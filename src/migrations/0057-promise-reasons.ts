import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = (further: string) => `
  ALTER TABLE round_proposals DROP CONSTRAINT round_proposals_reason_check;
  ALTER TABLE round_proposals ADD CONSTRAINT round_proposals_reason_check
    CHECK (reason IN ('NO_ELIGIBLE_POOL', 'OUTRANKED', 'NO_STOCK', 'EXCLUDED'${further}));`;

/**
 * Why a round passes by what the desk would refuse, why an offer was taken back, and which stock a round looked at for a line: null for
 * rounds that were solved before that was kept.
 */
export class PromiseReasons1790000002301 implements MigrationInterface {
  readonly name = 'PromiseReasons1790000002301';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${REASONS(", 'LINE_HAS_NO_LEARNER', 'HOUSEHOLD_HAS_OVERDUE_LOAN', 'HOUSEHOLD_LIMIT_REACHED'")}
      ALTER TABLE round_proposals
        -- Devices that would suit the line, in the stock that it could be served from, and left at other sites than the one that it chose.
        ADD COLUMN suitable integer,
        ADD COLUMN elsewhere integer,
        -- Of its kind and at its sites, but for other pupils.
        ADD COLUMN other_funds integer;
      ALTER TABLE offers ADD COLUMN withdrawn_for text[]`);
  }

  /** Rounds that stand on the new reasons keep them: they were decided so. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${REASONS(", 'LINE_HAS_NO_LEARNER', 'HOUSEHOLD_HAS_OVERDUE_LOAN', 'HOUSEHOLD_LIMIT_REACHED'")}
      ALTER TABLE round_proposals DROP COLUMN suitable, DROP COLUMN elsewhere, DROP COLUMN other_funds;
      ALTER TABLE offers DROP COLUMN withdrawn_for`);
  }
}
