import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/index.js';
import { type Asked, type CodeAddress, MOST_TRIES } from '../../domain/sent-code.rules.js';
import type { CodeOwner, NewFamilySession } from '../family-sessions.repository.js';

/** A request for a code; whose address it is, is not stored, nor whether anybody is known there. */
export interface CodeRequest {
  readonly id: string;
  readonly addressKey: string;
  readonly networkKey: string;
  /** The council that sends the code; null where none is sent. */
  readonly councilId: string | null;
  readonly channel: CodeAddress['channel'];
  readonly askedAt: Date;
  readonly expiresAt: Date;
}

/** A contact who can be signed in at an address, with what tells them apart where there are several. */
export interface ProvenContact extends CodeOwner {
  readonly councilName: string;
  /** Of the file. */
  readonly reference: string;
}

const IN_TURN = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const ASKED = `
  SELECT
    (SELECT jsonb_build_array(count(*), min(asked_at)) FROM sign_in_codes WHERE address_key = $1 AND asked_at > $3) AS "byAddress",
    (SELECT jsonb_build_array(count(*), min(asked_at)) FROM sign_in_codes WHERE network_key = $2 AND asked_at > $3) AS "atNetwork"`;
const SENT_BY_COUNCIL = `
  SELECT count(*)::integer AS count FROM sign_in_codes WHERE sent_by = $1 AND channel = 'sms' AND asked_at > $2`;
const INSERT = `
  INSERT INTO sign_in_codes (id, address_key, network_key, sent_by, channel, asked_at, expires_at, tries)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`;
const OWNERS = `
  SELECT k.council_id AS "councilId", k.contact_id AS "contactId", k.household_id AS "householdId", k.reference, c.name AS "councilName"
  FROM contacts_at_address(ARRAY(SELECT id FROM councils WHERE open_to_families), $1, $2) k JOIN councils c ON c.id = k.council_id
  ORDER BY c.name, k.contact_id LIMIT 20`;
/** A code that was proven is used up; so is one after which another was asked for. */
const TRY = `
  UPDATE sign_in_codes s SET tries = s.tries + 1
  WHERE s.id = $1 AND s.address_key = $2 AND s.expires_at > $3 AND s.tries < ${MOST_TRIES} AND s.proven_at IS NULL
    AND NOT EXISTS (SELECT FROM sign_in_codes o WHERE o.address_key = s.address_key AND (o.asked_at, o.id) > (s.asked_at, s.id))`;
const PROVEN = 'UPDATE sign_in_codes SET proven_at = $2 WHERE id = $1 AND proven_at IS NULL';
const USED = `
  UPDATE sign_in_codes SET used_at = $3
  WHERE id = $1 AND address_key = $2 AND proven_at IS NOT NULL AND used_at IS NULL AND expires_at > $3`;
const IS_OPEN = `
  SELECT EXISTS (SELECT FROM sign_in_codes
    WHERE id = $1 AND address_key = $2 AND proven_at IS NOT NULL AND used_at IS NULL AND expires_at > $3) AS "isOpen"`;
const FORGET = "DELETE FROM sign_in_codes WHERE asked_at < $1::timestamptz - interval '1 day'";
/** Opens nothing when the contact has another address by now, or the council has closed. */
const OPEN = `
  INSERT INTO family_sessions (council_id, id, contact_id, household_id, token_hash, own_phone, opened_at, seen_at, expires_at)
  SELECT k.council_id, $3, k.id, k.household_id, $4, $5, $6, $6, $7
  FROM contacts k JOIN councils c ON c.id = k.council_id
  WHERE k.council_id = current_council() AND k.id = $1 AND k.household_id = $2 AND c.open_to_families
    AND CASE $8 WHEN 'sms' THEN k.phone = $9 ELSE lower(k.email) = $9 END`;

type Counted = readonly [count: number, firstAt: string | null];

/** All SQL of codes that are sent. All but `open` need a system transaction. */
@Injectable()
export class SentCodesRepository {
  /** Waits for other requests for this address and from this network until their transactions end, so that all are counted. */
  async inTurn(tx: Tx, { addressKey, networkKey }: Pick<CodeRequest, 'addressKey' | 'networkKey'>): Promise<void> {
    await tx.execute(IN_TURN, [`codes for ${addressKey}`]);
    await tx.execute(IN_TURN, [`codes at ${networkKey}`]);
  }

  async asked(
    tx: Tx,
    { addressKey, networkKey }: Pick<CodeRequest, 'addressKey' | 'networkKey'>,
    since: Date,
  ): Promise<{ byAddress: Asked; atNetwork: Asked }> {
    const row = await tx.one<{ byAddress: Counted; atNetwork: Counted }>(ASKED, [addressKey, networkKey, since]);
    return { byAddress: read(row?.byAddress), atNetwork: read(row?.atNetwork) };
  }

  /** How many codes by SMS the council has sent since. */
  async sentByCouncil(tx: Tx, councilId: string, since: Date): Promise<number> {
    return (await tx.one<{ count: number }>(SENT_BY_COUNCIL, [councilId, since]))?.count ?? 0;
  }

  async insert(tx: Tx, { id, addressKey, networkKey, councilId, channel, askedAt, expiresAt }: CodeRequest): Promise<void> {
    await tx.execute(INSERT, [id, addressKey, networkKey, councilId, channel, askedAt, expiresAt]);
  }

  /** Who can be signed in at this address, in whichever council that is open to families: at most twenty. */
  ownersOf(tx: Tx, { channel, value }: CodeAddress): Promise<ProvenContact[]> {
    return tx.query<ProvenContact>(OWNERS, [channel, value]);
  }

  /** Counts a try; returns false when the code does not hold any more, whatever was typed. */
  async try(tx: Tx, id: string, addressKey: string, now: Date): Promise<boolean> {
    return (await tx.execute(TRY, [id, addressKey, now])) === 1;
  }

  async proven(tx: Tx, id: string, now: Date): Promise<boolean> {
    return (await tx.execute(PROVEN, [id, now])) === 1;
  }

  /** Whether it was proven, and has opened no session yet. */
  async isOpen(tx: Tx, id: string, addressKey: string, now: Date): Promise<boolean> {
    return (await tx.one<{ isOpen: boolean }>(IS_OPEN, [id, addressKey, now]))?.isOpen === true;
  }

  /** Returns false when it has opened a session already, or was never proven. */
  async use(tx: Tx, id: string, addressKey: string, now: Date): Promise<boolean> {
    return (await tx.execute(USED, [id, addressKey, now])) === 1;
  }

  /** Opens a session in the council of the transaction. Returns false when there is no such contact at this address any more. */
  async open(tx: Tx, { channel, value }: CodeAddress, session: NewFamilySession): Promise<boolean> {
    const { id, contactId, householdId, tokenHash, ownPhone, openedAt, expiresAt } = session;
    const values = [contactId, householdId, id, tokenHash, ownPhone, openedAt, expiresAt, channel, value];
    return (await tx.execute(OPEN, values)) === 1;
  }

  async forgetOld(tx: Tx, now: Date): Promise<void> {
    await tx.execute(FORGET, [now]);
  }
}

const read = ([count, firstAt]: Counted = [0, null]): Asked => ({ count, firstAt: firstAt === null ? null : new Date(firstAt) });
