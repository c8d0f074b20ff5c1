import type { MigrationInterface, QueryRunner } from 'typeorm';
import { described, SEARCH_ROLE, SYSTEM_ROLE } from '../platform/database/index.js';

/** The columns by which a contact is found at a phone or a mailbox; the role sees the council and the household already. */
const COMPARED = 'id, phone, email, email_key';

/** Families sign in with a code that is sent to their phone or mailbox, and find their council by the postal code of one of its sites. */
export class SignInCodes1796000000300 implements MigrationInterface {
  readonly name = 'SignInCodes1796000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sign_in_codes (
        id uuid PRIMARY KEY,
        address_key text NOT NULL,
        network_key text NOT NULL,
        sent_by uuid REFERENCES councils,
        channel text NOT NULL,
        asked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        tries integer NOT NULL,
        proven_at timestamptz,
        used_at timestamptz
      );
      ${described('sign_in_codes', {
        of: 'identity',
        about:
          'A request for a code to sign in with. It is of no council: whether anybody is known at the address is not known yet. The code is made from the id, with a key of the program, and stored nowhere.',
        columns: {
          address_key: 'Message code over the phone or the mailbox.',
          network_key: 'Message code over the network from which it was asked for.',
          sent_by: 'The council that sends the code; null where none is sent.',
          tries: 'How often a code was typed, right or wrong.',
          proven_at: 'When the right code was typed.',
          used_at: 'When it opened a session.',
        },
      })};
      CREATE INDEX sign_in_codes_of_address ON sign_in_codes (address_key, asked_at, id);
      CREATE INDEX sign_in_codes_at_network ON sign_in_codes (network_key, asked_at);
      CREATE INDEX sign_in_codes_of_council ON sign_in_codes (sent_by, asked_at) WHERE sent_by IS NOT NULL;
      CREATE INDEX sign_in_codes_by_age ON sign_in_codes (asked_at);
      GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_codes TO ${SYSTEM_ROLE};

      CREATE POLICY door ON sites FOR SELECT TO ${SYSTEM_ROLE} USING (true);
      GRANT SELECT (council_id, address) ON sites TO ${SYSTEM_ROLE};

      GRANT SELECT (${COMPARED}) ON contacts TO ${SEARCH_ROLE};
      GRANT SELECT (reference) ON households TO ${SEARCH_ROLE};
      CREATE FUNCTION contacts_at_address(in_councils uuid[], by_channel text, sought text)
      RETURNS TABLE (council_id uuid, contact_id uuid, household_id uuid, reference text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
      AS $$
        SELECT k.council_id, k.id, k.household_id, h.reference
        FROM unnest(in_councils) c (id) JOIN contacts k ON k.council_id = c.id
          JOIN households h ON h.council_id = k.council_id AND h.id = k.household_id
        WHERE by_channel = 'sms' AND k.phone = sought
        UNION ALL
        -- The folded address finds the row; two mailboxes that differ in an accent only are still two.
        SELECT k.council_id, k.id, k.household_id, h.reference
        FROM unnest(in_councils) c (id) JOIN contacts k ON k.council_id = c.id
          JOIN households h ON h.council_id = k.council_id AND h.id = k.household_id
        WHERE by_channel = 'email' AND k.email_key = folded_text(sought) AND lower(k.email) = sought
      $$;
      GRANT CREATE ON SCHEMA public TO ${SEARCH_ROLE};
      ALTER FUNCTION contacts_at_address OWNER TO ${SEARCH_ROLE};
      REVOKE CREATE ON SCHEMA public FROM ${SEARCH_ROLE};
      REVOKE ALL ON FUNCTION contacts_at_address FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION contacts_at_address TO ${SYSTEM_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION contacts_at_address;
      REVOKE SELECT (council_id, address) ON sites FROM ${SYSTEM_ROLE};
      DROP POLICY door ON sites;
      REVOKE SELECT (${COMPARED}) ON contacts FROM ${SEARCH_ROLE};
      REVOKE SELECT (reference) ON households FROM ${SEARCH_ROLE};
      DROP TABLE sign_in_codes`);
  }
}
