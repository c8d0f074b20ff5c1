import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, tenantTable } from '../platform/database/index.js';

const ofRound = (name: string) => `CONSTRAINT ${name}_round FOREIGN KEY (council_id, round_id) REFERENCES allocation_rounds`;
/** What a decision stood on stays; only a proposal that nobody has decided on is put away, when the round is solved again. */
const onlyDrafts = (table: string) => `
  CREATE POLICY only_drafts_are_deleted ON ${table} AS RESTRICTIVE FOR DELETE TO ${APPLICATION_ROLE} USING (EXISTS (
    SELECT FROM allocation_rounds r WHERE r.council_id = current_council() AND r.id = ${table}.round_id AND r.state = 'draft'))`;
const WRITTEN_ONCE = { grants: 'SELECT, INSERT, DELETE' };

/** Allocation rounds: what was proposed to whom, on what it stood, who was set aside, and what was decided. */
export class Rounds1790000001650 implements MigrationInterface {
  readonly name = 'Rounds1790000001650';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE allocation_rounds (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        class text NOT NULL CHECK (class IN ('computer', 'connectivity', 'accessory')),
        school_ids uuid[],
        site_ids uuid[],
        -- The school whose administrator opened it, and who sees it; none: the council's.
        owner_school_id uuid,
        -- Of a round of one line, made when this device came back.
        device_id uuid,
        state text NOT NULL CHECK (state IN ('draft', 'published', 'discarded')),
        opened_by text NOT NULL,
        decided_by text,
        decided_at timestamptz,
        -- The decision under which it was published without asking.
        standing_decision_id uuid,
        -- How often it was to be solved, and which solution holds; 0: none yet.
        asked integer NOT NULL DEFAULT 1,
        solution integer NOT NULL DEFAULT 0,
        solved_at timestamptz,
        policy_version integer,
        counted_on date,
        -- SHA-256 of the lottery's key: whether tickets were drawn again since.
        lottery_key_hash bytea,
        stats jsonb,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT allocation_rounds_school FOREIGN KEY (council_id, owner_school_id) REFERENCES schools,
        CONSTRAINT allocation_rounds_device FOREIGN KEY (council_id, device_id) REFERENCES devices
      );
      CREATE INDEX allocation_rounds_in_state ON allocation_rounds (council_id, state, id);
      CREATE INDEX allocation_rounds_of_school ON allocation_rounds (council_id, owner_school_id, id) WHERE owner_school_id IS NOT NULL;
      CREATE UNIQUE INDEX allocation_rounds_one_a_device ON allocation_rounds (council_id, device_id) WHERE state = 'draft';
      ${tenantTable('allocation_rounds')};

      -- How far the solving has come, in transactions of its own.
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
        -- Of a line that is served: its pool, and how many of its choices came before it. Of one that is not: why.
        pool integer,
        rank integer,
        reason text CHECK (reason IN ('NO_ELIGIBLE_POOL', 'OUTRANKED', 'NO_STOCK', 'EXCLUDED')),
        cutoff_place integer,
        PRIMARY KEY (council_id, round_id, solution, place),
        CONSTRAINT round_proposals_outcome CHECK ((pool IS NULL) = (rank IS NULL) AND (pool IS NULL) = (reason IS NOT NULL)),
        ${ofRound('round_proposals')}
      );
      CREATE INDEX round_proposals_of_line ON round_proposals (council_id, line_id, round_id);
      ${tenantTable('round_proposals', WRITTEN_ONCE)};
      ${onlyDrafts('round_proposals')};

      -- What each score was made from, when it was made; with the policy's version it can be reckoned again by hand.
      CREATE TABLE round_explanations (
        council_id uuid NOT NULL,
        round_id uuid NOT NULL,
        solution integer NOT NULL,
        line_id uuid NOT NULL,
        score integer NOT NULL,
        facts jsonb NOT NULL,
        -- Those facts that somebody saw proven; the others were declared, or are computed.
        verified jsonb NOT NULL,
        PRIMARY KEY (council_id, round_id, solution, line_id),
        ${ofRound('round_explanations')}
      );
      ${tenantTable('round_explanations', WRITTEN_ONCE)};
      ${onlyDrafts('round_explanations')};

      CREATE TABLE round_exclusions (
        council_id uuid NOT NULL,
        round_id uuid NOT NULL,
        line_id uuid NOT NULL,
        reason text NOT NULL,
        excluded_by text NOT NULL,
        excluded_at timestamptz NOT NULL,
        -- A second person, where one alone may not.
        confirmed_by text,
        confirmed_at timestamptz,
        is_effective boolean NOT NULL,
        PRIMARY KEY (council_id, round_id, line_id),
        CONSTRAINT round_exclusions_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines,
        ${ofRound('round_exclusions')}
      );
      ${tenantTable('round_exclusions')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE round_exclusions, round_explanations, round_proposals, round_pools, round_progress, allocation_rounds`);
  }
}
