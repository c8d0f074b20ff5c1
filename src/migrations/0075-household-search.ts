import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchFunction } from '../platform/database/index.js';

/** Searches cost what their words cost, however many families a council has. */
export class HouseholdSearch1790000002555 implements MigrationInterface {
  readonly name = 'HouseholdSearch1790000002555';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`${searchFunction({ table: 'households' })}; ${searchFunction({ table: 'contacts', id: 'household_id' })}`);
  }

  // The functions before gave the same.
  async down(): Promise<void> {}
}
