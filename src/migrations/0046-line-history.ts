import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropHistory, history } from '../platform/database/index.js';

/** What happened to each request line, in the order in which it happened. */
export class LineHistory1790000002110 implements MigrationInterface {
  readonly name = 'LineHistory1790000002110';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(history('request_line_events', 'line_id', { from: 'from_state', to: 'to_state' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dropHistory('request_line_events'));
  }
}
