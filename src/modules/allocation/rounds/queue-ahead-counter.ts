import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { classOf, DEVICE_CLASSES } from '../../../shared/vocabulary.js';
import { placeInQueue, type QueuePlace, SERVED_AHEAD, servedAheadValues, type StockPool } from '../../requests/index.js';
import { OfferSettingsReader } from '../offers/offer-settings.js';
import { PromisableLines } from './promisable-lines.js';
import { BEFORE_ALL, LINE_FAMILY, LINE_KEY, LINE_STANDING } from './round-line.sql.js';

// Reads request_lines, households, learners, devices, offers and what SERVED_AHEAD reads.

/** The number of lines that one statement reads. */
const LOOKED_AT = 100;
/** The most statements, because somebody is waiting at the desk. */
const LOOKS = 20;

const NEXT = `
  SELECT l.id, l.score, encode(l.ticket, 'hex') AS ticket, key, standing FROM (
  SELECT l.* ${SERVED_AHEAD}
    AND (${placeInQueue('l')}) > (-($10::integer), decode($11, 'hex'), $12::uuid)
  ORDER BY ${placeInQueue('l')} LIMIT ${LOOKED_AT}
  ) l ${LINE_FAMILY} CROSS JOIN LATERAL (SELECT ${LINE_KEY} AS key, ${LINE_STANDING('$13::text[]', '$9')} AS standing) told
  ORDER BY ${placeInQueue('l')}`;

type QueuedLine = QueuePlace & { readonly key: string; readonly standing: string };

/**
 * Counts the lines ahead in the queue whose families may be promised a device, by the rule of rounds. A family that may have nothing lets
 * others pass.
 */
@Injectable()
export class QueueAheadCounter {
  constructor(private readonly settings: OfferSettingsReader) {}

  /**
   * How many lines of other households wait ahead of a place in the queue (null means that all waiting lines count), could be served by the
   * pool, and belong to families who may be promised one more device. Counts no further than `atMost`. When very many families may be
   * promised nothing, the lines that were not checked all count.
   */
  async count(tx: Tx, pool: StockPool, householdId: string, before: QueuePlace | null, atMost: number): Promise<number> {
    const promisable = new PromisableLines((await this.settings.read(tx)).rules);
    const values = servedAheadValues(pool, householdId, before);
    let after = BEFORE_ALL;
    let count = 0;
    for (let look = 0; look < LOOKS && count < atMost; look++) {
      const place = [after.score, after.ticket, after.id, DEVICE_CLASSES[classOf(pool.category)]];
      const lines = await tx.query<QueuedLine>(NEXT, [...values, ...place]);
      count += lines.filter(({ key, standing }) => promisable.of(key, standing).line.acceptableCategories.includes(pool.category)).length;
      const last = lines.at(-1);
      if (!last || lines.length < LOOKED_AT) return Math.min(count, atMost);
      after = last;
    }
    return atMost;
  }
}
