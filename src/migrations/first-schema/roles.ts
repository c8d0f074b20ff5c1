import { foldedTextFunction } from '../../platform/database/folded-text.sql.js';
import { APPLICATION_ROLE, SYSTEM_ROLE } from '../../platform/database/index.js';
import { SEARCH_GROUND } from '../../platform/database/search.js';
import type { SchemaPart } from './schema-part.js';

/** Roles belong to the whole server: another database of it may have made them already. */
const role = (name: string) => `
  DO $$ BEGIN
    CREATE ROLE ${name} NOLOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;

/** What all tables stand on: the roles, the council of a transaction, and how texts are compared. */
export const ROLES: SchemaPart = {
  tables: `
    ${role(APPLICATION_ROLE)};
    ${role(SYSTEM_ROLE)};
    GRANT ${SYSTEM_ROLE} TO ${APPLICATION_ROLE};
    GRANT ${APPLICATION_ROLE} TO CURRENT_USER;
    GRANT USAGE ON SCHEMA public TO ${APPLICATION_ROLE}, ${SYSTEM_ROLE};
    ${SEARCH_GROUND}`,

  functions: `
    -- Without a council it raises: a forgotten setting is an error, never an empty answer.
    CREATE FUNCTION current_council() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT current_setting('app.council_id')::uuid $$;
    COMMENT ON FUNCTION current_council() IS 'The council of this transaction: every policy compares with it.';

    ${foldedTextFunction('folded_text')};
    COMMENT ON FUNCTION folded_text(text) IS 'A text as it is compared: without case, accents and marks.'`,

  // The roles stay: other databases of the server may use them.
  down: 'DROP FUNCTION folded_text(text), current_council()',
};
