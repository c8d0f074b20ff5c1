import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

/** In which time zone the end of an offer was counted, so that it can be counted again where the council has another; and the live offers in their order. */
export class OfferZone1790000002350 implements MigrationInterface {
  readonly name = 'OfferZone1790000002350';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE offers ADD COLUMN time_zone text;
      ${unforced(['offers', 'councils'], 'UPDATE offers o SET time_zone = c.time_zone FROM councils c WHERE c.id = o.council_id')};
      ALTER TABLE offers ALTER COLUMN time_zone SET NOT NULL;
      CREATE INDEX offers_live ON offers (council_id, id) WHERE state IN ('open', 'accepted');
      CREATE INDEX offers_of_slot ON offers (council_id, pickup_slot_id) WHERE state = 'accepted'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX offers_live, offers_of_slot; ALTER TABLE offers DROP COLUMN time_zone');
  }
}
