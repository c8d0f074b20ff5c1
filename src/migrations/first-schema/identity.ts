import { APPLICATION_ROLE, described, SYSTEM_ROLE, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'identity';
/** Runs as the platform, before the council is known. */
const LOOK_UP = 'LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp';

/** Staff accounts, invitations and sessions, API clients and their tokens; look-ups of who somebody is. */
export const IDENTITY: SchemaPart = {
  tables: `
    CREATE TABLE users (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      name text NOT NULL,
      email text NOT NULL,
      email_key text NOT NULL,
      role text NOT NULL CHECK (role IN ('council_manager', 'school_administrator', 'desk_agent', 'auditor')),
      school_id uuid,
      site_id uuid,
      active boolean NOT NULL DEFAULT true,
      digest boolean NOT NULL DEFAULT true,
      password_hash text,
      totp_secret text,
      totp_step integer,
      totp_pending text,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT users_email UNIQUE (email_key),
      CONSTRAINT users_school FOREIGN KEY (council_id, school_id) REFERENCES schools,
      CONSTRAINT users_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
      CONSTRAINT users_place CHECK (
        (role = 'school_administrator') = (school_id IS NOT NULL) AND (role = 'desk_agent') = (site_id IS NOT NULL)),
      CONSTRAINT users_totp CHECK ((totp_secret IS NULL) = (totp_step IS NULL) AND (totp_secret IS NULL OR totp_pending IS NULL))
    );
    ${described('users', {
      of,
      about: 'Somebody who works with the program.',
      columns: {
        digest: 'Whether they want to be told each morning what waits.',
        totp_step: 'The step of the last code that was used: none counts twice.',
        totp_pending: 'A second factor that is not confirmed yet.',
      },
    })};
    ${tenantTable('users', { system: 'SELECT' })};

    CREATE TABLE invitations (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      user_id uuid NOT NULL,
      token_hash text NOT NULL UNIQUE,
      expires_at timestamptz NOT NULL,
      used_at timestamptz,
      spent_with text,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      FOREIGN KEY (council_id, user_id) REFERENCES users
    );
    ${described('invitations', {
      of,
      about: 'A link by which somebody chooses their password.',
      columns: { spent_with: 'With which key it was spent, hashed: who sends the same again is answered as the first time.' },
    })};
    CREATE INDEX invitations_of_user ON invitations (council_id, user_id);
    ${tenantTable('invitations', { system: 'SELECT' })};

    CREATE TABLE sessions (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      user_id uuid NOT NULL,
      token_hash text NOT NULL UNIQUE,
      created_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      ended_at timestamptz,
      PRIMARY KEY (council_id, id),
      FOREIGN KEY (council_id, user_id) REFERENCES users
    );
    ${described('sessions', { of, about: 'A sign-in of somebody in a browser.' })};
    CREATE INDEX sessions_of_user ON sessions (council_id, user_id);
    CREATE INDEX sessions_expiry ON sessions (expires_at);
    ${tenantTable('sessions', { system: 'SELECT, DELETE' })};

    CREATE TABLE sign_in_failures (
      email_key text NOT NULL,
      address text NOT NULL,
      failures integer NOT NULL,
      last_at timestamptz NOT NULL,
      forget_at timestamptz NOT NULL,
      PRIMARY KEY (email_key, address)
    );
    ${described('sign_in_failures', {
      of,
      about:
        'How often signing in with an address of mail failed from one place. It is of no council: whose address it is, is not known yet.',
      columns: { address: 'The network address.', forget_at: 'Until when they count.' },
    })};
    CREATE INDEX sign_in_failures_at_place ON sign_in_failures (address);
    CREATE INDEX sign_in_failures_forgotten ON sign_in_failures (forget_at);
    GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO ${SYSTEM_ROLE};

    CREATE TABLE api_clients (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      name text NOT NULL,
      scopes text[] NOT NULL,
      secret_hash text NOT NULL,
      last_used_at timestamptz,
      revoked_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id)
    );
    ${described('api_clients', { of, about: 'A program that may use the API.' })};
    CREATE UNIQUE INDEX api_clients_id ON api_clients (id);
    ${tenantTable('api_clients', { system: 'SELECT' })};

    CREATE TABLE access_tokens (
      council_id uuid NOT NULL,
      token_hash text NOT NULL,
      client_id uuid NOT NULL,
      scopes text[] NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (token_hash),
      FOREIGN KEY (council_id, client_id) REFERENCES api_clients
    );
    ${described('access_tokens', { of, about: 'What an API client calls with, for a time.' })};
    CREATE INDEX access_tokens_of_client ON access_tokens (council_id, client_id);
    CREATE INDEX access_tokens_expiry ON access_tokens (expires_at);
    ${tenantTable('access_tokens', { grants: 'SELECT, INSERT, DELETE', system: 'SELECT, DELETE' })}`,

  functions: `
    CREATE FUNCTION client_of_token(hash text, at timestamptz)
    RETURNS TABLE (council_id uuid, client_id uuid, scopes text[]) ${LOOK_UP}
    AS $$
      SELECT t.council_id, t.client_id, t.scopes FROM access_tokens t JOIN api_clients c ON c.council_id = t.council_id AND c.id = t.client_id
      WHERE t.token_hash = hash AND t.expires_at > at AND c.revoked_at IS NULL
    $$;
    CREATE FUNCTION user_of_session(hash text, at timestamptz)
    RETURNS TABLE (council_id uuid, session_id uuid, user_id uuid, role text, school_id uuid, site_id uuid) ${LOOK_UP}
    AS $$
      SELECT s.council_id, s.id, u.id, u.role, u.school_id, u.site_id FROM sessions s JOIN users u ON u.council_id = s.council_id AND u.id = s.user_id
      WHERE s.token_hash = hash AND s.expires_at > at AND s.ended_at IS NULL AND u.active
    $$;
    GRANT CREATE ON SCHEMA public TO ${SYSTEM_ROLE};
    ALTER FUNCTION client_of_token OWNER TO ${SYSTEM_ROLE};
    ALTER FUNCTION user_of_session OWNER TO ${SYSTEM_ROLE};
    REVOKE CREATE ON SCHEMA public FROM ${SYSTEM_ROLE};
    REVOKE ALL ON FUNCTION client_of_token, user_of_session FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION client_of_token, user_of_session TO ${APPLICATION_ROLE}`,

  down: `
    DROP FUNCTION user_of_session, client_of_token;
    DROP TABLE access_tokens, api_clients, sign_in_failures, sessions, invitations, users`,
};
