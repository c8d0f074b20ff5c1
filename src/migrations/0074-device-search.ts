import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchFunction } from '../platform/database/index.js';

/** Searches cost what their words cost, however many devices a council has. */
export class DeviceSearch1790000002550 implements MigrationInterface {
  readonly name = 'DeviceSearch1790000002550';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(searchFunction({ table: 'device_texts' }));
  }

  // The functions before gave the same.
  async down(): Promise<void> {}
}
