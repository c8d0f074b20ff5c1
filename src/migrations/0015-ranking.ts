import { randomBytes } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';
import { hmacBlocks } from '../shared/hmac-blocks.js';
import { newId } from '../shared/ids.js';

const FILLED = ['councils', 'request_lines', 'request_line_events', 'rankings', 'waiting_buckets', 'outbox'];

/** Counts what begins or ceases to wait in one statement; `changes` are its lines before (-1) and after (1). */
const counting = (name: string, changes: string) => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    WITH change AS (
      SELECT council_id, class, score, sum(lines)::integer AS lines FROM (${changes}) each GROUP BY 1, 2, 3 HAVING sum(lines) <> 0
    ), near AS (
      -- Rows that somebody else is folding stay: nobody waits for anybody, and the next one folds what is left.
      SELECT b.council_id, b.class, b.score, b.id FROM waiting_buckets b JOIN change USING (council_id, class, score)
      FOR UPDATE OF b SKIP LOCKED
    ), folded AS (
      DELETE FROM waiting_buckets b USING near n
      WHERE b.council_id = n.council_id AND b.class = n.class AND b.score = n.score AND b.id = n.id
      RETURNING b.council_id, b.class, b.score, b.lines
    )
    INSERT INTO waiting_buckets (council_id, class, score, lines)
    SELECT council_id, class, score, sum(lines) FROM (SELECT * FROM change UNION ALL SELECT * FROM folded) all_lines
    GROUP BY 1, 2, 3 HAVING sum(lines) <> 0;
    RETURN NULL;
  END $$`;
const CAME = `SELECT council_id, class, score, 1 AS lines FROM came WHERE state = 'waiting'`;
const WENT = `SELECT council_id, class, score, -1 AS lines FROM went WHERE state = 'waiting'`;

/** The order of the queue: scores, tickets, and counts from which a position is read without counting the queue. */
export class Ranking1790000001400 implements MigrationInterface {
  readonly name = 'Ranking1790000001400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What every score of a council stands on: one policy, one day to which waiting is counted, one key of the lottery.
      CREATE TABLE rankings (
        council_id uuid PRIMARY KEY REFERENCES councils,
        policy_version integer NOT NULL,
        counted_on date NOT NULL,
        ticket_key bytea NOT NULL CHECK (length(ticket_key) = 32),
        inner_block bytea NOT NULL CHECK (length(inner_block) = 64),
        outer_block bytea NOT NULL CHECK (length(outer_block) = 64)
      );
      ${tenantTable('rankings')};

      ALTER TABLE request_lines
        ADD COLUMN suspended_on date,
        ADD COLUMN suspended_days integer NOT NULL DEFAULT 0,
        ADD COLUMN score integer NOT NULL DEFAULT 0,
        ADD COLUMN waiting_points integer NOT NULL DEFAULT 0,
        ADD COLUMN policy_version integer,
        -- How often it was scored: who reckons beside the queue sees that somebody was quicker.
        ADD COLUMN scorings integer NOT NULL DEFAULT 0,
        ADD COLUMN ticket bytea NOT NULL DEFAULT '',
        -- An index in one direction serves rows compared as a whole.
        ADD COLUMN negative_score integer GENERATED ALWAYS AS (-score) STORED;
      DROP INDEX request_lines_queue;
      CREATE INDEX request_lines_queue ON request_lines (council_id, class, negative_score, ticket, id) WHERE state = 'waiting';

      -- How many lines of a score wait; the rows of one score are summed. Each statement adds rows and folds those that are free.
      CREATE TABLE waiting_buckets (
        council_id uuid NOT NULL REFERENCES councils,
        class text NOT NULL,
        score integer NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        lines integer NOT NULL,
        PRIMARY KEY (council_id, class, score, id)
      );
      ${tenantTable('waiting_buckets', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};

      -- Scores under a policy that is about to hold, without the points for waiting.
      CREATE TABLE draft_scores (
        council_id uuid NOT NULL REFERENCES councils,
        line_id uuid NOT NULL,
        policy_version integer NOT NULL,
        scorings integer NOT NULL,
        base_score integer NOT NULL,
        PRIMARY KEY (council_id, line_id)
      );
      ${tenantTable('draft_scores', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};

      -- Days of suspension are of the council's calendar, whoever moves the line.
      CREATE FUNCTION count_suspended_days() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE today date;
      BEGIN
        SELECT (NEW.updated_at AT TIME ZONE time_zone)::date INTO today FROM councils WHERE id = NEW.council_id;
        IF NEW.state = 'suspended' THEN
          NEW.suspended_on := today;
        ELSE
          NEW.suspended_days := OLD.suspended_days + greatest(0, today - OLD.suspended_on);
          NEW.suspended_on := NULL;
        END IF;
        RETURN NEW;
      END $$;

      ${counting('count_waiting_lines', `${CAME} UNION ALL ${WENT}`)};
      ${counting('count_new_waiting_lines', CAME)}`);
    await this.bringOver(runner);
    await runner.query(`
      CREATE TRIGGER count_suspended_days BEFORE UPDATE OF state ON request_lines FOR EACH ROW
        WHEN (OLD.state <> NEW.state AND 'suspended' IN (OLD.state, NEW.state)) EXECUTE FUNCTION count_suspended_days();
      CREATE TRIGGER count_waiting_lines AFTER UPDATE ON request_lines
        REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_waiting_lines();
      CREATE TRIGGER count_new_waiting_lines AFTER INSERT ON request_lines
        REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_new_waiting_lines()`);
  }

  /** Lines that wait already get their suspensions, tickets and counts; a job scores them once the program runs. */
  private async bringOver(runner: QueryRunner): Promise<void> {
    // An owner who is no superuser would see no row of any council.
    for (const table of FILLED) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      WITH spell AS (
        SELECT e.council_id, e.line_id, e.to_state, (e.at AT TIME ZONE c.time_zone)::date AS began,
          (lead(e.at) OVER (PARTITION BY e.council_id, e.line_id ORDER BY e.id) AT TIME ZONE c.time_zone)::date AS ended
        FROM request_line_events e JOIN councils c ON c.id = e.council_id
      ), suspension AS (
        SELECT council_id, line_id, sum(ended - began)::integer AS days, max(began) FILTER (WHERE ended IS NULL) AS since
        FROM spell WHERE to_state = 'suspended' GROUP BY 1, 2
      )
      UPDATE request_lines l SET suspended_on = s.since, suspended_days = coalesce(s.days, 0)
      FROM suspension s WHERE s.council_id = l.council_id AND s.line_id = l.id`);
    const councils = (await runner.query(
      `SELECT c.id FROM councils c WHERE EXISTS (SELECT FROM request_lines l WHERE l.council_id = c.id AND l.state <> 'draft')`,
    )) as { id: string }[];
    for (const { id } of councils) {
      const key = randomBytes(32);
      const { inner, outer } = hmacBlocks(key);
      await runner.query(
        `INSERT INTO rankings (council_id, policy_version, counted_on, ticket_key, inner_block, outer_block)
         SELECT id, 0, (now() AT TIME ZONE time_zone)::date, $2, $3, $4 FROM councils WHERE id = $1`,
        [id, key, inner, outer],
      );
      await runner.query(
        `UPDATE request_lines SET ticket = sha256($3 || sha256($2 || convert_to(household_id::text, 'UTF8'))) WHERE council_id = $1`,
        [id, inner, outer],
      );
      await runner.query(
        `INSERT INTO outbox (id, council_id, kind, ids, due_at, created_at) VALUES ($2, $1, 'priority.rerank', '{}', now(), now())`,
        [id, newId()],
      );
    }
    await runner.query(`
      INSERT INTO waiting_buckets (council_id, class, score, lines)
      SELECT council_id, class, score, count(*) FROM request_lines WHERE state = 'waiting' GROUP BY 1, 2, 3`);
    for (const table of FILLED) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER count_new_waiting_lines ON request_lines;
      DROP TRIGGER count_waiting_lines ON request_lines;
      DROP TRIGGER count_suspended_days ON request_lines;
      DROP FUNCTION count_new_waiting_lines(), count_waiting_lines(), count_suspended_days();
      DROP INDEX request_lines_queue;
      ALTER TABLE request_lines DROP COLUMN negative_score, DROP COLUMN ticket, DROP COLUMN scorings, DROP COLUMN policy_version,
        DROP COLUMN waiting_points, DROP COLUMN score, DROP COLUMN suspended_days, DROP COLUMN suspended_on;
      CREATE INDEX request_lines_queue ON request_lines (council_id, class, waiting_since, id) WHERE state = 'waiting';
      DROP TABLE draft_scores, waiting_buckets, rankings`);
  }
}
