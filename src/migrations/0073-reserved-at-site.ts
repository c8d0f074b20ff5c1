import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lies aside at a desk for families who are to come: a few of all devices that are there. */
export class ReservedAtSite1790000002545 implements MigrationInterface {
  readonly name = 'ReservedAtSite1790000002545';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("CREATE INDEX devices_reserved_at_site ON devices (council_id, site_id) WHERE status = 'reserved'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX devices_reserved_at_site');
  }
}
