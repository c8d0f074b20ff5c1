import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** What every offer stood on: the round that made it, or what the line's score was made from when a person placed the device. */
export class OfferExplanations1790000001850 implements MigrationInterface {
  readonly name = 'OfferExplanations1790000001850';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The round that made it. None: a person placed the device, or the offer is older than this column. Rounds are never deleted.
      ALTER TABLE offers ADD COLUMN round_id uuid;

      CREATE TABLE placement_explanations (
        council_id uuid NOT NULL,
        offer_id uuid NOT NULL,
        line_id uuid NOT NULL,
        score integer NOT NULL,
        facts jsonb NOT NULL,
        -- Those facts that somebody saw proven; the others were declared, or are computed.
        verified jsonb NOT NULL,
        policy_version integer NOT NULL,
        counted_on date NOT NULL,
        PRIMARY KEY (council_id, offer_id),
        CONSTRAINT placement_explanations_offer FOREIGN KEY (council_id, offer_id) REFERENCES offers
      );
      ${tenantTable('placement_explanations', { grants: 'SELECT, INSERT' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE placement_explanations; ALTER TABLE offers DROP COLUMN round_id');
  }
}
