import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import { Parameter } from './field.js';
import { Problem } from './problem.js';

const DEFAULT_LIMIT = 50;

/** The query parameters of every list. */
export class PageQuery {
  @Parameter.integer({ min: 1, max: 200, about: 'most rows of a page; 50 when left out' })
  limit: number = DEFAULT_LIMIT;

  @Parameter.text({ max: 1000, about: 'the nextCursor of the page before' })
  cursor?: string;
}

/** One page of a list. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
  /** The search only looked at its first 1,000 hits, so there may be more. */
  readonly truncated?: boolean;
}

type SortKey = readonly (string | number | null)[];

/**
 * Makes and reads cursors. A cursor is the sort key of the last row of a page, signed for its list, so that only cursors of the program are
 * accepted.
 */
@Injectable()
export class Cursors {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('cursor');
  }

  /** Makes a page of rows. More follow when there is one row more than `limit`. `keyOf` returns the sort key of a row. */
  page<Row, T>(list: string, rows: readonly Row[], limit: number, keyOf: (row: Row) => SortKey, view: (row: Row) => T): Page<T> {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > limit && last !== undefined ? this.encode(list, keyOf(last)) : null;
    return { data: shown.map(view), nextCursor };
  }

  /** The sort key after which the page begins; null for the first page. @throws Problem INVALID_CURSOR */
  after(list: string, cursor: string | undefined): SortKey | null {
    if (cursor === undefined) return null;
    const [payload, mac] = cursor.split('.');
    if (payload === undefined || mac === undefined) throw Problem.of('INVALID_CURSOR');
    const expected = Buffer.from(this.sign(list, payload));
    const given = Buffer.from(mac);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw Problem.of('INVALID_CURSOR');
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as SortKey;
  }

  private encode(list: string, key: SortKey): string {
    const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
    return `${payload}.${this.sign(list, payload)}`;
  }

  private sign(list: string, payload: string): string {
    return createHmac('sha256', this.key).update(`${list}\n${payload}`).digest('base64url').slice(0, 22);
  }
}
