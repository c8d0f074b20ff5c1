import type { MigrationInterface, QueryRunner } from 'typeorm';
import { described, tenantTable } from '../platform/database/index.js';

/** Families sign online: the texts that the council has written, and what was signed, by whom, in which words. */
export class FamilySignatures1796000000600 implements MigrationInterface {
  readonly name = 'FamilySignatures1796000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreement_texts (
        council_id uuid NOT NULL REFERENCES councils,
        terms_version text NOT NULL,
        language text NOT NULL,
        body text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, terms_version, language)
      );
      ${described('agreement_texts', {
        of: 'loans',
        about: 'The agreements that the council has written, in place of the shipped one.',
        columns: { terms_version: 'By which the loan policy names it.' },
      })};
      ${tenantTable('agreement_texts')};

      CREATE TABLE signed_texts (
        council_id uuid NOT NULL REFERENCES councils,
        text_hash text NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (council_id, text_hash)
      );
      ${described('signed_texts', {
        of: 'loans',
        about: 'The very words that were signed, each once: they stay when the council writes the agreement anew.',
        columns: { text_hash: 'SHA-256 of the text.' },
      })};
      ${tenantTable('signed_texts', { grants: 'SELECT, INSERT' })};

      CREATE TABLE loan_signatures (
        council_id uuid NOT NULL,
        loan_id uuid NOT NULL,
        terms_version text NOT NULL,
        contact_id uuid NOT NULL,
        signatory_name text NOT NULL,
        language text NOT NULL,
        text_hash text NOT NULL,
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, loan_id, terms_version),
        CONSTRAINT loan_signatures_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans,
        CONSTRAINT loan_signatures_text FOREIGN KEY (council_id, text_hash) REFERENCES signed_texts
      );
      ${described('loan_signatures', {
        of: 'loans',
        about: 'What a contact of the family signed online for a loan; signatures on paper stand in the loan alone.',
        columns: { contact_id: 'Who signed. No foreign key: the signature stays when the contact leaves the file.' },
      })};
      ${tenantTable('loan_signatures', { grants: 'SELECT, INSERT' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE loan_signatures, signed_texts, agreement_texts');
  }
}
