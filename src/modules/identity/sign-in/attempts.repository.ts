import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { RelatedFailures } from '../domain/sign-in-delay.rules.js';

const FAILURES = `
  SELECT here.failures AS "hereCount", here.last_at AS "hereAt", place.failures AS "placeCount", place.last_at AS "placeAt",
    subject.failures AS "subjectCount", subject.last_at AS "subjectAt"
  FROM (SELECT coalesce(sum(failures), 0)::integer AS failures, max(last_at) AS last_at
      FROM sign_in_failures WHERE email_key = $1 AND address = $2 AND forget_at > $3) here,
    (SELECT coalesce(sum(failures), 0)::integer AS failures, max(last_at) AS last_at
      FROM sign_in_failures WHERE address = $2 AND forget_at > $3) place,
    (SELECT coalesce(sum(failures), 0)::integer AS failures, max(last_at) AS last_at
      FROM sign_in_failures WHERE email_key = $1 AND forget_at > $3) subject`;
const FAILED = `
  INSERT INTO sign_in_failures AS f (email_key, address, failures, last_at, forget_at)
  VALUES ($1, $2, 1, $3, $3::timestamptz + make_interval(mins => $4))
  ON CONFLICT (email_key, address) DO UPDATE SET last_at = excluded.last_at, forget_at = excluded.forget_at,
    failures = CASE WHEN f.forget_at > excluded.last_at THEN f.failures + 1 ELSE 1 END`;
const IN_TURN = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const NOT_MADE = 'UPDATE sign_in_failures SET failures = failures - 1 WHERE email_key = $1 AND address = $2 AND failures > 0';
const SUCCEEDED = 'DELETE FROM sign_in_failures WHERE email_key = $1 AND address = $2';
const FORGET = 'DELETE FROM sign_in_failures WHERE forget_at < $1';

interface FailuresRow {
  hereCount: number;
  hereAt: Date | null;
  placeCount: number;
  placeAt: Date | null;
  subjectCount: number;
  subjectAt: Date | null;
}

/** All SQL that counts failed attempts, across councils. Every method needs a system transaction. */
@Injectable()
export class AttemptsRepository {
  async failures(tx: Tx, subject: string, place: string, now: Date): Promise<RelatedFailures> {
    const row = await tx.one<FailuresRow>(FAILURES, [subject, place, now]);
    return {
      here: { count: row?.hereCount ?? 0, lastAt: row?.hereAt ?? null },
      atPlace: { count: row?.placeCount ?? 0, lastAt: row?.placeAt ?? null },
      ofSubject: { count: row?.subjectCount ?? 0, lastAt: row?.subjectAt ?? null },
    };
  }

  /**
   * Waits for other attempts at this subject and from this place until their transactions end, so that simultaneous attempts are all
   * counted.
   */
  async inTurn(tx: Tx, subject: string, place: string): Promise<void> {
    await tx.execute(IN_TURN, [`tries of ${subject}`]);
    await tx.execute(IN_TURN, [`tries at ${place}`]);
  }

  /** Counts an attempt as failed. An attempt that then succeeds is taken back. */
  async failed(tx: Tx, subject: string, place: string, now: Date, rememberedMinutes: number): Promise<void> {
    await tx.execute(FAILED, [subject, place, now, rememberedMinutes]);
  }

  /** Takes back one attempt that was not made. */
  async notMade(tx: Tx, subject: string, place: string): Promise<void> {
    await tx.execute(NOT_MADE, [subject, place]);
  }

  async succeeded(tx: Tx, subject: string, place: string): Promise<void> {
    await tx.execute(SUCCEEDED, [subject, place]);
  }

  async forgetOld(tx: Tx, now: Date): Promise<void> {
    await tx.execute(FORGET, [now]);
  }
}
