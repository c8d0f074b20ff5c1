import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far the nightly check of the scores has come: the last night, and the line with which it ended. Requests that were sent while their
 * household's need was being reckoned may have kept a wrong score: every council's lines are ranked once more.
 */
export class ScoresChecked1790000002255 implements MigrationInterface {
  readonly name = 'ScoresChecked1790000002255';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rankings ADD COLUMN scores_checked_on date, ADD COLUMN scores_checked_to uuid;
      -- An owner who is no superuser would see no council's ranking, and could write no job.
      ALTER TABLE rankings NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY;
      UPDATE rankings SET reranks_asked = reranks_asked + 1 WHERE policy_version > 0;
      INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at)
        SELECT gen_random_uuid(), council_id, 'priority.rerank', 'bulk', jsonb_build_object('again', reranks_asked), now(), now()
        FROM rankings WHERE policy_version > 0;
      ALTER TABLE rankings FORCE ROW LEVEL SECURITY;
      ALTER TABLE outbox FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rankings DROP COLUMN scores_checked_on, DROP COLUMN scores_checked_to');
  }
}
