import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { classOf, DEVICE_CLASSES } from '../../../shared/vocabulary.js';
import { placeInQueue, type QueuePlace, SERVED_AHEAD, servedAheadValues, type StockPool } from '../../requests/index.js';
import { OfferSettingsReader } from '../offers/offer-settings.js';
import { PromisableLines } from './promisable-lines.js';
import { BEFORE_ALL, LINE_FAMILY, LINE_KEY, LINE_STANDING } from './round-line.sql.js';

// Reads request_lines, households, learners, devices, offers and what SERVED_AHEAD reads.

/** Lines that are looked at in one statement. */
const LOOKED_AT = 100;
/** So many statements at most: somebody stands at the desk meanwhile. */
const LOOKS = 20;

const NEXT = `
  SELECT l.id, l.score, encode(l.ticket, 'hex') AS ticket, key, standing FROM (
  SELECT l.* ${SERVED_AHEAD}
    AND (${placeInQueue('l')}) > (-($10::integer), decode($11, 'hex'), $12::uuid)
  ORDER BY ${placeInQueue('l')} LIMIT ${LOOKED_AT}
  ) l ${LINE_FAMILY} CROSS JOIN LATERAL (SELECT ${LINE_KEY} AS key, ${LINE_STANDING('$13::text[]', '$9')} AS standing) told
  ORDER BY ${placeInQueue('l')}`;

type Line = QueuePlace & { readonly key: string; readonly standing: string };

/** Counts those ahead in the queue who may be promised something, by the rule of rounds: whoever may have nothing keeps nobody waiting. */
@Injectable()
export class QueueAheadCounter {
  constructor(private readonly settings: OfferSettingsReader) {}

  /**
   * How many lines of other households wait ahead of a place (null: all that wait), could be served by the pool, and are of families who may be
   * promised one more; counts no further than `atMost`. Where very many may be promised nothing, those who were not looked at count all.
   */
  async count(tx: Tx, pool: StockPool, householdId: string, before: QueuePlace | null, atMost: number): Promise<number> {
    const promisable = new PromisableLines((await this.settings.read(tx)).rules);
    const values = servedAheadValues(pool, householdId, before);
    let after = BEFORE_ALL;
    let count = 0;
    for (let look = 0; look < LOOKS && count < atMost; look++) {
      const place = [after.score, after.ticket, after.id, DEVICE_CLASSES[classOf(pool.category)]];
      const lines = await tx.query<Line>(NEXT, [...values, ...place]);
      count += lines.filter(({ key, standing }) => promisable.of(key, standing).line.acceptableCategories.includes(pool.category)).length;
      const last = lines.at(-1);
      if (!last || lines.length < LOOKED_AT) return Math.min(count, atMost);
      after = last;
    }
    return atMost;
  }
}
