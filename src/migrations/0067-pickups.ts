import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who comes in a slot is found from the slot. */
export class Pickups1790000002460 implements MigrationInterface {
  readonly name = 'Pickups1790000002460';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX offers_collected_in_slot ON offers (council_id, pickup_slot_id) WHERE pickup_slot_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX offers_collected_in_slot');
  }
}
