import { APPLICATION_ROLE, described, dropHistory, history, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'requests';
const PRIVATE = { grants: 'SELECT, INSERT, UPDATE, DELETE' };

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

/** Requests and their lines, in the order of the queue: scales, scores, tickets, and counts from which a place is read without counting the queue. */
export const REQUESTS: SchemaPart = {
  tables: `
    CREATE TABLE requests (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      household_id uuid NOT NULL,
      channel text NOT NULL CHECK (channel IN ('web', 'desk', 'phone', 'api')),
      statement text,
      pickup_site_id uuid,
      submitted_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT requests_household FOREIGN KEY (council_id, household_id) REFERENCES households,
      CONSTRAINT requests_pickup_site FOREIGN KEY (council_id, pickup_site_id) REFERENCES sites
    );
    ${described('requests', { of, about: 'What a household asked for at once.' })};
    CREATE INDEX requests_of_household ON requests (council_id, household_id, id);
    ${tenantTable('requests')};

    CREATE TABLE request_lines (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      request_id uuid NOT NULL,
      household_id uuid NOT NULL,
      number integer NOT NULL,
      class text NOT NULL CHECK (class IN ('computer', 'connectivity', 'accessory')),
      learner_ids uuid[] NOT NULL,
      acceptable_categories text[] NOT NULL,
      pickup_site_id uuid,
      state text NOT NULL CHECK (state IN ('draft', 'waiting', 'offered', 'accepted', 'fulfilled', 'suspended', 'refused', 'withdrawn')),
      reason text,
      waiting_since timestamptz,
      suspended_until date,
      suspended_on date,
      suspended_days integer NOT NULL DEFAULT 0,
      -- Stored, since under row-level security an index on an expression serves no condition.
      waits_from timestamp GENERATED ALWAYS AS ((waiting_since AT TIME ZONE 'UTC') + suspended_days * interval '1 day') STORED,
      score integer NOT NULL DEFAULT 0,
      -- An index in one direction serves rows compared as a whole.
      negative_score integer GENERATED ALWAYS AS (-score) STORED,
      waiting_points integer NOT NULL DEFAULT 0,
      policy_version integer,
      scorings integer NOT NULL DEFAULT 0,
      ticket bytea NOT NULL DEFAULT '',
      appealed_at timestamptz,
      appeal_decided_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT request_lines_request FOREIGN KEY (council_id, request_id) REFERENCES requests,
      CONSTRAINT request_lines_household FOREIGN KEY (council_id, household_id) REFERENCES households,
      CONSTRAINT request_lines_pickup_site FOREIGN KEY (council_id, pickup_site_id) REFERENCES sites
    );
    ${described('request_lines', {
      of,
      about: 'One thing that is asked for, with its place in the queue of its class.',
      columns: {
        ordinal: 'In the order in which the database took the lines in: a set of very many of them is kept as bits.',
        number: 'Its place in the request.',
        suspended_on: 'The day since which it is suspended; a trigger writes it.',
        suspended_days: 'Days of suspensions that are over; a trigger counts them.',
        waits_from: 'Since when it has waited, the days of suspension left out.',
        negative_score: 'The score, highest first, as the index of the queue has it.',
        waiting_points: 'Those points of the score that come from waiting.',
        scorings: 'How often it was scored: who reckons beside the queue sees that somebody was quicker.',
        ticket: 'What the lottery drew for the household: it decides between lines of one score.',
      },
    })};
    CREATE INDEX request_lines_of_request ON request_lines (council_id, request_id, number);
    CREATE UNIQUE INDEX request_lines_one_open ON request_lines (council_id, household_id, class)
      WHERE state IN ('waiting', 'suspended', 'offered', 'accepted');
    CREATE INDEX request_lines_of_household ON request_lines (council_id, household_id, id);
    CREATE INDEX request_lines_in_state ON request_lines (council_id, state, id);
    CREATE INDEX request_lines_queue ON request_lines (council_id, class, negative_score, ticket, id) WHERE state = 'waiting';
    CREATE INDEX request_lines_longest_waits ON request_lines (council_id, waits_from, id)
      WHERE state IN ('waiting', 'offered', 'accepted');
    CREATE INDEX request_lines_pending_appeals ON request_lines (council_id, waits_from, id)
      WHERE state = 'refused' AND appealed_at IS NOT NULL AND appeal_decided_at IS NULL;
    CREATE INDEX request_lines_suspended_without_end ON request_lines (council_id, waits_from, id)
      WHERE state = 'suspended' AND suspended_until IS NULL AND reason IS NULL;
    CREATE INDEX request_lines_longest_waits_of_class ON request_lines (council_id, class, waits_from, id)
      WHERE state IN ('waiting', 'offered', 'accepted');
    ${tenantTable('request_lines', PRIVATE)};
    CREATE POLICY only_drafts_are_deleted ON request_lines AS RESTRICTIVE FOR DELETE TO ${APPLICATION_ROLE} USING (state = 'draft');

    CREATE TABLE request_line_events (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      line_id uuid NOT NULL,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      move text NOT NULL,
      from_state text,
      to_state text NOT NULL,
      reason text,
      PRIMARY KEY (council_id, line_id, id),
      CONSTRAINT request_line_events_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines
    );
    ${described('request_line_events', { of, about: 'What happened to each line, in the order in which it happened.' })};
    ${tenantTable('request_line_events', { grants: 'SELECT, INSERT' })};
    ${history('request_line_events', 'line_id')};

    CREATE TABLE priority_policies (
      council_id uuid NOT NULL REFERENCES councils,
      version integer NOT NULL CHECK (version > 1),
      holds_from date NOT NULL,
      scale jsonb NOT NULL,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, version)
    );
    ${described('priority_policies', {
      of,
      about: "Versions of a council's scale of points, which are only ever added.",
      columns: { version: 'Version 1 is the shipped scale, which every council begins with: it stands in the code.' },
    })};
    ${tenantTable('priority_policies', { grants: 'SELECT, INSERT' })};

    CREATE TABLE rankings (
      council_id uuid PRIMARY KEY REFERENCES councils,
      policy_version integer NOT NULL,
      counted_on date NOT NULL,
      ticket_key bytea NOT NULL CHECK (length(ticket_key) = 32),
      first_key bytea NOT NULL,
      inner_block bytea NOT NULL CHECK (length(inner_block) = 64),
      outer_block bytea NOT NULL CHECK (length(outer_block) = 64),
      reranks_asked integer NOT NULL DEFAULT 0,
      scores_checked_on date,
      scores_checked_to uuid
    );
    ${described('rankings', {
      of,
      about: 'What every score of a council stands on: one policy, one day to which waiting is counted, one key of the lottery.',
      columns: {
        first_key: 'The key that tickets came from before the first cycle of the lottery was opened.',
        inner_block: 'Of the key, with which a statement makes the tickets by itself (HMAC-SHA256).',
        reranks_asked: 'How often a new ranking under the same policy was asked for: of many only the last needs to be done.',
        scores_checked_on: 'The last night in which scores were held against the rule …',
        scores_checked_to: '… and the line with which that ended.',
      },
    })};
    ${tenantTable('rankings')};

    CREATE TABLE waiting_buckets (
      council_id uuid NOT NULL REFERENCES councils,
      class text NOT NULL,
      score integer NOT NULL,
      id bigint GENERATED ALWAYS AS IDENTITY,
      lines integer NOT NULL,
      PRIMARY KEY (council_id, class, score, id)
    );
    ${described('waiting_buckets', {
      of,
      about:
        'How many lines of a score wait: the rows of one score are summed. Triggers keep them; each statement adds rows and folds those that are free.',
    })};
    ${tenantTable('waiting_buckets', PRIVATE)};

    CREATE TABLE draft_scores (
      council_id uuid NOT NULL REFERENCES councils,
      line_id uuid NOT NULL,
      policy_version integer NOT NULL,
      scorings integer NOT NULL,
      base_score integer NOT NULL,
      PRIMARY KEY (council_id, line_id)
    );
    ${described('draft_scores', {
      of,
      about: 'Scores under a policy that is about to hold, without the points for waiting.',
      columns: { scorings: 'How often the line was scored when this was reckoned.' },
    })};
    ${tenantTable('draft_scores', PRIVATE)};

    CREATE TABLE lottery_cycles (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      number integer NOT NULL,
      state text NOT NULL CHECK (state IN ('announced', 'opened', 'closed')),
      seed bytea NOT NULL CHECK (length(seed) = 32),
      public_value_name text NOT NULL,
      public_value text CHECK ((public_value IS NULL) = (state = 'announced')),
      reason text CHECK (number = 1 OR reason IS NOT NULL),
      opened_at timestamptz,
      closed_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT lottery_cycles_number UNIQUE (council_id, number)
    );
    ${described('lottery_cycles', {
      of,
      about:
        'A cycle of the lottery: its key is made from a seed, whose hash is announced, and from a public value that nobody knows before.',
      columns: { seed: 'Kept secret until the cycle is closed.', public_value_name: 'Where everybody may look the value up.' },
    })};
    CREATE UNIQUE INDEX lottery_cycles_one_running ON lottery_cycles (council_id) WHERE state <> 'closed';
    ${tenantTable('lottery_cycles')}`,

  functions: `
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
    CREATE TRIGGER count_suspended_days BEFORE UPDATE OF state ON request_lines FOR EACH ROW
      WHEN (OLD.state <> NEW.state AND 'suspended' IN (OLD.state, NEW.state)) EXECUTE FUNCTION count_suspended_days();

    ${counting('count_waiting_lines', `${CAME} UNION ALL ${WENT}`)};
    CREATE TRIGGER count_waiting_lines AFTER UPDATE ON request_lines
      REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_waiting_lines();
    ${counting('count_new_waiting_lines', CAME)};
    CREATE TRIGGER count_new_waiting_lines AFTER INSERT ON request_lines
      REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION count_new_waiting_lines()`,

  down: `
    DROP TABLE lottery_cycles, draft_scores, waiting_buckets, rankings, priority_policies, request_line_events, request_lines, requests;
    ${dropHistory('request_line_events')};
    DROP FUNCTION count_new_waiting_lines(), count_waiting_lines(), count_suspended_days()`,
};
