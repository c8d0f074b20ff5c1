import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { storedAddress } from '../../../shared/stored-address.js';
import type { PostalAddress } from '../../households/index.js';

// Reads households, contacts and councils, and writes the codes of identity.

/** A code that holds; the code itself is stored nowhere. */
export interface AccessCode {
  readonly contactId: string;
  readonly householdId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Whom a letter with a code is for, and what stands in it. */
export interface CodeRecipient {
  readonly reference: string;
  readonly name: string;
  readonly language: string | null;
  readonly address: PostalAddress | null;
  readonly councilName: string;
  readonly councilLanguages: readonly string[];
  readonly timeZone: string;
}

const RECIPIENT = `
  SELECT h.reference, c.name, c.language, c.address, o.name AS "councilName", o.languages AS "councilLanguages", o.time_zone AS "timeZone"
  FROM contacts c JOIN households h ON h.council_id = c.council_id AND h.id = c.household_id JOIN councils o ON o.id = c.council_id
  WHERE c.council_id = current_council() AND c.id = $1 AND c.household_id = $2`;
const PUT = `
  INSERT INTO access_codes (council_id, contact_id, household_id, code_hash, issued_at, expires_at) VALUES (current_council(), $1, $2, $3, $4, $5)
  ON CONFLICT (council_id, contact_id) DO UPDATE SET
    code_hash = excluded.code_hash, issued_at = excluded.issued_at, expires_at = excluded.expires_at`;
const FIND = `
  SELECT contact_id AS "contactId", household_id AS "householdId", issued_at AS "issuedAt", expires_at AS "expiresAt" FROM access_codes
  WHERE council_id = current_council() AND contact_id = $1 AND household_id = $2 AND expires_at > $3`;
const REVOKE =
  'DELETE FROM access_codes WHERE council_id = current_council() AND contact_id = $1 AND household_id = $2 AND expires_at > $3';

/** The SQL of printed codes, but for signing in with one. */
@Injectable()
export class AccessCodesRepository {
  /** Null when the household has no such contact. */
  async recipient(tx: Tx, householdId: string, contactId: string): Promise<CodeRecipient | null> {
    const row = await tx.one<CodeRecipient>(RECIPIENT, [contactId, householdId]);
    return row && { ...row, address: storedAddress(row.address) };
  }

  /** Stores the code of a contact in place of the one before. */
  async put(tx: Tx, { contactId, householdId, issuedAt, expiresAt }: AccessCode, codeHash: string): Promise<void> {
    await tx.execute(PUT, [contactId, householdId, codeHash, issuedAt, expiresAt]);
  }

  /** Null when none holds. */
  find(tx: Tx, householdId: string, contactId: string, now: Date): Promise<AccessCode | null> {
    return tx.one<AccessCode>(FIND, [contactId, householdId, now]);
  }

  /** Returns false when there was none that held. */
  async revoke(tx: Tx, householdId: string, contactId: string, now: Date): Promise<boolean> {
    return (await tx.execute(REVOKE, [contactId, householdId, now])) === 1;
  }
}
