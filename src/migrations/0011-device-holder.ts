import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which household has a device, on the device's own row, where households may read it. Nothing there can refer to households, which are above it. */
export class DeviceHolder1790000001000 implements MigrationInterface {
  readonly name = 'DeviceHolder1790000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devices ADD COLUMN holder_id uuid;
      -- An owner who is no superuser would see no row of any council.
      ALTER TABLE devices NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE loan_items NO FORCE ROW LEVEL SECURITY;
      UPDATE devices d SET holder_id = i.household_id
      FROM loan_items i WHERE i.council_id = d.council_id AND i.device_id = d.id AND i.state = 'on_loan';
      ALTER TABLE devices FORCE ROW LEVEL SECURITY;
      ALTER TABLE loan_items FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE devices DROP COLUMN holder_id');
  }
}
