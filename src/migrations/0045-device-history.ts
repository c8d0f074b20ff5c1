import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropHistory, history } from '../platform/database/index.js';

/** What happened to each device, in the order in which it happened. */
export class DeviceHistory1790000002105 implements MigrationInterface {
  readonly name = 'DeviceHistory1790000002105';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(history('device_events', 'device_id', { from: 'from_status', to: 'to_status' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropHistory('device_events'));
  }
}
