import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId, NIL_ID } from '../../../shared/ids.js';
import type { DuplicateKeys, Likeness, PossibleDuplicate } from '../domain/possible-duplicate.rules.js';
import { isOfSchool } from '../files/school-reach.sql.js';

/** A number that more files share belongs to a school or an association, and says nothing about a family. */
const MOST_KEPT = 200;

/** Locks in the order of the keys, which every caller gives sorted. */
const LOCK_KEYS = `
  SELECT pg_advisory_xact_lock(hashtextextended(current_council()::text || ' alike ' || key, 0)) FROM unnest($1::text[]) AS key`;

/** Parameters: phones, mail addresses, learners as `{names, schoolId}`, the household itself, the school in reach. */
const HOUSEHOLDS_WITH_KEYS = `
  SELECT h.id, h.reference, array_agg(DISTINCT same.because ORDER BY same.because) AS because, ${isOfSchool('$5')} AS "inReach"
  FROM (
    SELECT household_id, 'phone' AS because FROM contacts WHERE council_id = current_council() AND phone = ANY ($1::text[])
    UNION ALL
    SELECT household_id, 'email' FROM contacts WHERE council_id = current_council() AND email_key = ANY ($2::text[])
    UNION ALL
    SELECT l.household_id, 'learner'
    FROM jsonb_to_recordset($3::jsonb) AS asked (names jsonb, "schoolId" uuid)
    CROSS JOIN LATERAL jsonb_array_elements_text(asked.names) AS name (key)
    JOIN learners l ON l.council_id = current_council() AND l.name_key = name.key AND l.left_at IS NULL
    JOIN households f ON f.council_id = l.council_id AND f.id = l.household_id
    WHERE asked."schoolId" = coalesce(l.school_id, f.school_id)) same
  JOIN households h ON h.council_id = current_council() AND h.id = same.household_id
  WHERE h.id <> $4
  GROUP BY h.council_id, h.id ORDER BY "inReach" DESC, h.id LIMIT ${MOST_KEPT}`;

/**
 * Two files make one pair, whichever was written last. All insert in one order: otherwise three households that look alike could wait for each
 * other in a circle.
 */
const KEEP = `
  INSERT INTO possible_duplicates (council_id, id, household_id, other_id, because, found_at)
  SELECT current_council(), kept.id, $2, kept."otherId", ARRAY(SELECT jsonb_array_elements_text(kept.because)), $3
  FROM jsonb_to_recordset($1::jsonb) AS kept (id uuid, "otherId" uuid, because jsonb)
  ORDER BY least(kept."otherId", $2), greatest(kept."otherId", $2)
  ON CONFLICT (council_id, least(household_id, other_id), greatest(household_id, other_id)) DO NOTHING`;

const OPEN = `
  SELECT p.id, p.because, p.found_at AS "foundAt",
    jsonb_build_object('id', h.id, 'reference', h.reference) AS household, jsonb_build_object('id', o.id, 'reference', o.reference) AS other
  FROM possible_duplicates p
  JOIN households h ON h.council_id = current_council() AND h.id = p.household_id
  JOIN households o ON o.council_id = current_council() AND o.id = p.other_id
  WHERE p.council_id = current_council() AND p.settled_at IS NULL AND p.id > $1
  ORDER BY p.id LIMIT $2`;
const SETTLE = `
  UPDATE possible_duplicates SET settled_at = $2, settled_by = $3
  WHERE council_id = current_council() AND id = $1 AND settled_at IS NULL
  RETURNING household_id AS "householdId"`;

/** Two files that may belong to one family, and that nobody has settled yet. */
export interface UnsettledDuplicate {
  readonly id: string;
  readonly household: { readonly id: string; readonly reference: string };
  readonly other: { readonly id: string; readonly reference: string };
  readonly because: readonly Likeness[];
  readonly foundAt: Date;
}

/** The SQL of households that may be duplicates. */
@Injectable()
export class PossibleDuplicatesRepository {
  /** Locks the keys. Whoever registers the same family at the same time waits, and then sees it. */
  async lock(tx: Tx, { locks }: DuplicateKeys): Promise<void> {
    if (locks.length > 0) await tx.execute(LOCK_KEYS, [locks]);
  }

  /** Finds other households with one of the keys, those within reach first. */
  find(
    tx: Tx,
    keys: DuplicateKeys,
    householdId: string,
    schoolInReach: string | null,
  ): Promise<(PossibleDuplicate & { inReach: boolean })[]> {
    const { phones, emails, learners } = keys;
    return tx.query(HOUSEHOLDS_WITH_KEYS, [phones, emails, JSON.stringify(learners), householdId, schoolInReach]);
  }

  async keep(tx: Tx, householdId: string, others: readonly PossibleDuplicate[], now: Date): Promise<void> {
    if (others.length === 0) return;
    const rows = others.map(({ id, because }) => ({ id: newId(), otherId: id, because }));
    await tx.execute(KEEP, [JSON.stringify(rows), householdId, now]);
  }

  /** Returns the pairs that nobody has settled, one more than `limit`. */
  open(tx: Tx, after: string | null, limit: number): Promise<UnsettledDuplicate[]> {
    return tx.query<UnsettledDuplicate>(OPEN, [after ?? NIL_ID, limit + 1]);
  }

  /** Settles a pair, and returns its household; null when there is none to settle. */
  async settle(tx: Tx, id: string, now: Date, by: string): Promise<string | null> {
    return (await tx.one<{ householdId: string }>(SETTLE, [id, now, by]))?.householdId ?? null;
  }
}
