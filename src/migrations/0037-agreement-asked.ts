import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

/**
 * Since when a loan's agreement is not signed as its policy has it now, which texts are asked, and who signed what before. Every council
 * that has open loans looks through them once.
 */
export class AgreementAsked1790000001800 implements MigrationInterface {
  readonly name = 'AgreementAsked1790000001800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE loans
        ADD COLUMN agreement_unsigned_since timestamptz,
        ADD COLUMN agreement_terms_asked text[],
        ADD COLUMN earlier_agreements jsonb NOT NULL DEFAULT '[]',
        ADD CONSTRAINT loans_agreement_asked CHECK (
          (agreement_unsigned_since IS NULL) = (agreement_terms_asked IS NULL)
          AND (agreement_unsigned_since IS NULL OR state = 'open' AND agreement_terms_asked <> '{}'));
      ALTER TABLE loan_events ADD COLUMN terms_version text;
      CREATE INDEX loans_open ON loans (council_id, id) WHERE state = 'open';
      CREATE INDEX loans_unsigned ON loans (council_id, id) WHERE agreement_unsigned_since IS NOT NULL;
      ${unforced(
        ['loans', 'outbox'],
        `INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at)
         SELECT gen_random_uuid(), l.council_id, 'loans.check_agreements', 'bulk', '{}', now(), now()
         FROM loans l WHERE l.state = 'open' GROUP BY l.council_id`,
      )}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${unforced(
        ['outbox'],
        `DELETE FROM outbox WHERE done_at IS NULL
         AND kind IN ('loans.check_agreements', 'council.agreement_texts_changed>loans', 'loan.agreements_asked>notices', 'loan.agreement_signed>notices')`,
      )};
      DROP INDEX loans_unsigned, loans_open;
      ALTER TABLE loan_events DROP COLUMN terms_version;
      ALTER TABLE loans
        DROP CONSTRAINT loans_agreement_asked, DROP COLUMN earlier_agreements, DROP COLUMN agreement_terms_asked, DROP COLUMN agreement_unsigned_since`);
  }
}
