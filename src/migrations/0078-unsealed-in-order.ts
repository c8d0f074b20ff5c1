import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

const SEALED_LATER = (columns: string, values: string) => `
  CREATE OR REPLACE FUNCTION audit_event_awaits_seal() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO audit_unsealed (${columns}) VALUES (${values});
    RETURN NULL;
  END $$`;

/** What awaits its seal lies in the order of the events: the next are found without a look at every event that there ever was. */
export class UnsealedInOrder1790000002570 implements MigrationInterface {
  readonly name = 'UnsealedInOrder1790000002570';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_unsealed ADD COLUMN ordinal bigint;
      ${unforced(
        ['audit_unsealed', 'audit_events'],
        `-- What was waiting of an event that is gone is a fault that the check of the chain tells: it stays, before all others.
         UPDATE audit_unsealed u SET ordinal = coalesce(
           (SELECT e.ordinal FROM audit_events e WHERE e.council_id = u.council_id AND e.id = u.event_id), 0)`,
      )};
      ALTER TABLE audit_unsealed ALTER COLUMN ordinal SET NOT NULL;
      CREATE INDEX audit_unsealed_in_order ON audit_unsealed (council_id, ordinal);
      ${SEALED_LATER('council_id, event_id, ordinal', 'NEW.council_id, NEW.id, NEW.ordinal')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${SEALED_LATER('council_id, event_id', 'NEW.council_id, NEW.id')};
      ALTER TABLE audit_unsealed DROP COLUMN ordinal`);
  }
}
