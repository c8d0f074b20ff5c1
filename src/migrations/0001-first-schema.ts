import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALLOCATION } from './first-schema/allocation.js';
import { COUNCILS } from './first-schema/councils.js';
import { HOUSEHOLDS } from './first-schema/households.js';
import { IDENTITY } from './first-schema/identity.js';
import { INTEGRATION } from './first-schema/integration.js';
import { INVENTORY } from './first-schema/inventory.js';
import { LOANS } from './first-schema/loans.js';
import { NEEDS } from './first-schema/needs.js';
import { NOTICES } from './first-schema/notices.js';
import { PLATFORM } from './first-schema/platform.js';
import { REQUESTS } from './first-schema/requests.js';
import { ROLES } from './first-schema/roles.js';
import { ROUNDS } from './first-schema/rounds.js';
import type { SchemaPart } from './first-schema/schema-part.js';

/** From the ground up: what a table refers to stands before it. */
const PARTS: readonly SchemaPart[] = [
  ROLES,
  PLATFORM,
  COUNCILS,
  IDENTITY,
  INVENTORY,
  HOUSEHOLDS,
  NEEDS,
  REQUESTS,
  ALLOCATION,
  ROUNDS,
  LOANS,
  NOTICES,
  INTEGRATION,
];

/** Everything that version 0.2 of the program began with. */
export class FirstSchema1796000000000 implements MigrationInterface {
  readonly name = 'FirstSchema1796000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const { tables, functions } of PARTS) {
      await runner.query(tables);
      if (functions) await runner.query(functions);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { down } of [...PARTS].reverse()) await runner.query(down);
  }
}
