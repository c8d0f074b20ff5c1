import { expect } from '@jest/globals';
import { LedgerService } from '../../src/modules/loans/index.js';
import type { TestApp } from './app.js';
import { onServer } from './test-database.js';

/** Expects that lines, devices, offers, slots and loans agree with each other, and every stored score with its rule. */
export async function expectLedgerWithoutFaults(app: Pick<TestApp, 'nest' | 'databaseUrl'>): Promise<void> {
  // Autovacuum does it in a database that is in use. Without it the planner takes tables for nearly empty, and compares all rows with all.
  await onServer(app.databaseUrl, (client) =>
    client.query('ANALYZE households, request_lines, offers, pickup_slots, devices, device_events, loans, loan_items, loan_events'),
  );
  expect((await app.nest.get(LedgerService).verify()).faults).toEqual([]);
}
