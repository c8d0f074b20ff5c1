import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An offer is held from its first notice on, and is missed by nobody whom no notice reached. Offers that were made before count as told. */
export class OfferNotice1790000001710 implements MigrationInterface {
  readonly name = 'OfferNotice1790000001710';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE offers ADD COLUMN notice_left_at timestamptz, ADD COLUMN undeliverable_at timestamptz;
      -- An owner who is no superuser would see no row of any council.
      ALTER TABLE offers NO FORCE ROW LEVEL SECURITY;
      UPDATE offers SET notice_left_at = created_at;
      ALTER TABLE offers FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE offers DROP COLUMN notice_left_at, DROP COLUMN undeliverable_at');
  }
}
