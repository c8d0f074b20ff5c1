import { APPLICATION_ROLE, described, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'allocation';
const ofRound = (name: string) => `CONSTRAINT ${name}_round FOREIGN KEY (council_id, round_id) REFERENCES allocation_rounds`;
/** What a decision stood on stays; only a proposal that nobody has decided on is put away, when the round is solved again. */
const onlyDrafts = (table: string) => `
    CREATE POLICY only_drafts_are_deleted ON ${table} AS RESTRICTIVE FOR DELETE TO ${APPLICATION_ROLE} USING (EXISTS (
      SELECT FROM allocation_rounds r WHERE r.council_id = current_council() AND r.id = ${table}.round_id AND r.state = 'draft'))`;
const WRITTEN_ONCE = { grants: 'SELECT, INSERT, DELETE' };

/** Rounds: what was proposed to whom, on what it stood, who was set aside, and what was decided. */
export const ROUNDS: SchemaPart = {
  tables: `
    -- Rounds are not decided in the order in which they were opened.
    CREATE SEQUENCE round_decisions;
    GRANT USAGE ON SEQUENCE round_decisions TO ${APPLICATION_ROLE};

    CREATE TABLE allocation_rounds (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      class text NOT NULL CHECK (class IN ('computer', 'connectivity', 'accessory')),
      school_ids uuid[],
      site_ids uuid[],
      owner_school_id uuid,
      device_id uuid,
      state text NOT NULL CHECK (state IN ('draft', 'published', 'discarded')),
      opened_by text NOT NULL,
      decided_by text,
      decided_at timestamptz,
      decision_ordinal bigint,
      standing_decision_id uuid,
      asked integer NOT NULL DEFAULT 1,
      solution integer NOT NULL DEFAULT 0,
      solved_at timestamptz,
      policy_version integer,
      counted_on date,
      lottery_key_hash bytea,
      stats jsonb,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT allocation_rounds_school FOREIGN KEY (council_id, owner_school_id) REFERENCES schools,
      CONSTRAINT allocation_rounds_device FOREIGN KEY (council_id, device_id) REFERENCES devices
    );
    ${described('allocation_rounds', {
      of,
      about: 'Reads the queue and the stock once, proposes who gets what, and becomes offers when a person says so.',
      columns: {
        owner_school_id: "The school whose administrator opened it, and who sees it; nothing: the council's.",
        device_id: 'Of a round of one line, made when this device came back.',
        decision_ordinal: 'Which round was decided first.',
        standing_decision_id: 'The decision under which it was published without asking.',
        asked: 'How often it was to be solved.',
        solution: 'Which solution holds; 0: none yet.',
        lottery_key_hash: "SHA-256 of the lottery's key: whether tickets were drawn again since.",
      },
    })};
    CREATE UNIQUE INDEX allocation_rounds_one_a_device ON allocation_rounds (council_id, device_id) WHERE state = 'draft';
    CREATE UNIQUE INDEX allocation_rounds_in_order ON allocation_rounds (council_id, ordinal);
    CREATE INDEX allocation_rounds_in_state ON allocation_rounds (council_id, state, ordinal);
    CREATE INDEX allocation_rounds_of_school ON allocation_rounds (council_id, owner_school_id, ordinal) WHERE owner_school_id IS NOT NULL;
    ${tenantTable('allocation_rounds')};

    CREATE TABLE round_progress (
      council_id uuid NOT NULL,
      round_id uuid NOT NULL,
      step text NOT NULL CHECK (step IN ('reading', 'solving', 'storing')),
      lines_done integer NOT NULL,
      lines integer,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, round_id),
      ${ofRound('round_progress')}
    );
    ${described('round_progress', { of, about: 'How far the solving has come, told in transactions of its own.' })};
    ${tenantTable('round_progress', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};

    CREATE TABLE round_pools (
      council_id uuid NOT NULL,
      round_id uuid NOT NULL,
      solution integer NOT NULL,
      number integer NOT NULL,
      category text NOT NULL,
      site_id uuid NOT NULL,
      fund_id uuid,
      available integer NOT NULL,
      kept_back integer NOT NULL,
      PRIMARY KEY (council_id, round_id, solution, number),
      ${ofRound('round_pools')}
    );
    ${described('round_pools', { of, about: 'The stock that a solution saw: devices that are interchangeable are one pool.' })};
    ${tenantTable('round_pools', WRITTEN_ONCE)};
    ${onlyDrafts('round_pools')};

    CREATE TABLE round_proposals (
      council_id uuid NOT NULL,
      round_id uuid NOT NULL,
      solution integer NOT NULL,
      place integer NOT NULL,
      line_id uuid NOT NULL,
      household_id uuid NOT NULL,
      score integer NOT NULL,
      ticket bytea NOT NULL,
      pool integer,
      rank integer,
      reason text CHECK (reason IN ('NO_ELIGIBLE_POOL', 'OUTRANKED', 'NO_STOCK', 'EXCLUDED', 'LINE_HAS_NO_LEARNER',
        'HOUSEHOLD_HAS_OVERDUE_LOAN', 'HOUSEHOLD_LIMIT_REACHED')),
      cutoff_place integer,
      suitable integer,
      elsewhere integer,
      other_funds integer,
      PRIMARY KEY (council_id, round_id, solution, place),
      CONSTRAINT round_proposals_outcome CHECK ((pool IS NULL) = (rank IS NULL) AND (pool IS NULL) = (reason IS NOT NULL)),
      ${ofRound('round_proposals')}
    );
    ${described('round_proposals', {
      of,
      about: 'What a solution proposes for each line of the queue, in its order.',
      columns: {
        pool: 'Of a line that is served.',
        rank: 'How many of its choices came before its pool.',
        reason: 'Of a line that is not served.',
        cutoff_place: 'The last line that was served from what it could have had.',
        suitable: 'Devices that would suit it, in the stock that it could be served from.',
        elsewhere: 'Such devices left at other sites than the one that it chose.',
        other_funds: 'Devices of its kind and at its sites, but for other pupils.',
      },
    })};
    CREATE INDEX round_proposals_of_line ON round_proposals (council_id, line_id, round_id);
    ${tenantTable('round_proposals', WRITTEN_ONCE)};
    ${onlyDrafts('round_proposals')};

    CREATE TABLE round_explanations (
      council_id uuid NOT NULL,
      round_id uuid NOT NULL,
      solution integer NOT NULL,
      line_id uuid NOT NULL,
      score integer NOT NULL,
      facts jsonb NOT NULL,
      verified jsonb NOT NULL,
      PRIMARY KEY (council_id, round_id, solution, line_id),
      ${ofRound('round_explanations')}
    );
    ${described('round_explanations', {
      of,
      about: "What each score was made from, when it was made; with the policy's version it can be reckoned again by hand.",
      columns: { verified: 'Those facts that somebody saw proven; the others were declared, or are computed.' },
    })};
    ${tenantTable('round_explanations', WRITTEN_ONCE)};
    ${onlyDrafts('round_explanations')};

    CREATE TABLE round_exclusions (
      council_id uuid NOT NULL,
      round_id uuid NOT NULL,
      line_id uuid NOT NULL,
      reason text,
      excluded_by text NOT NULL,
      excluded_at timestamptz NOT NULL,
      confirmed_by text,
      confirmed_at timestamptz,
      is_effective boolean NOT NULL,
      PRIMARY KEY (council_id, round_id, line_id),
      CONSTRAINT round_exclusions_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines,
      ${ofRound('round_exclusions')}
    );
    ${described('round_exclusions', {
      of,
      about: 'Lines that people set aside for one round.',
      columns: {
        reason: "A person's words; nothing once they are erased.",
        confirmed_by: 'A second person, where one alone may not.',
      },
    })};
    ${tenantTable('round_exclusions')}`,

  down: `
    DROP TABLE round_exclusions, round_explanations, round_proposals, round_pools, round_progress, allocation_rounds;
    DROP SEQUENCE round_decisions`,
};
